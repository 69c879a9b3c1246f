package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.PostgresDatabase;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A Keycloak on PostgreSQL with all that is off by default, whose whole database and debug log can be searched. */
public final class SearchableEnvironment {

    private static PostgresDatabase postgres;
    private static Database database;

    private static final SharedServer SERVER = new SharedServer(() -> {
        postgres = PostgresDatabase.start();
        database = postgres.create();
        return VaultConnections.addTo(TestEnvironment.options("integration-postgres"))
                .database(database)
                .feature("transient-users")
                .logLevel("INFO,io.github.keycloaknylas:trace,org.keycloak:debug")
                .build();
    });

    private SearchableEnvironment() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }

    /** One number. */
    public static long number(String sql, Object... parameters) {
        keycloak();
        try (Connection connection = postgres.look(database).getConnection()) {
            return number(connection, sql, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tables in which any column of any row contains the text. */
    public static List<String> tablesThatContain(String text) {
        keycloak();
        List<String> found = new ArrayList<>();
        try (Connection connection = postgres.look(database).getConnection()) {
            for (String table : tables(connection)) {
                String sql = "select count(*) from \"" + table + "\" as r where position(? in r::text) > 0";
                if (number(connection, sql, text) > 0) {
                    found.add(table);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "select table_name from information_schema.tables where table_schema = 'public'");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
