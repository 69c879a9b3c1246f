package io.github.keycloaknylas.support.database;

import io.github.keycloaknylas.testkit.server.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/** A real database server for the length of a test, or of the JVM. */
public interface DatabaseServer extends AutoCloseable {

    /** A database of its own for one Keycloak (or for one cluster of them). */
    Database create();

    /** For looking into a database that {@link #create()} made. */
    DataSource look(Database database);

    @Override
    void close();

    /** Makes a database with a random name, which it returns. */
    static String createdBy(DataSource server, String properties) {
        String name = "keycloak_" + UUID.randomUUID().toString().substring(0, 8);
        execute(server, "create database " + name + properties);
        return name;
    }

    /** Executes one statement. */
    static void execute(DataSource server, String sql) {
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
