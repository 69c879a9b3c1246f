package io.github.keycloaknylas.support.database;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.DirectoryTrees;
import io.github.keycloaknylas.testkit.server.ServerFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A real PostgreSQL for the length of a test. */
public final class PostgresDatabase implements DatabaseServer {

    private static final String USER = "postgres";

    private final Path log;
    private final Path data;
    private EmbeddedPostgres postgres;

    private PostgresDatabase(Path log, Path data) {
        this.log = log;
        this.data = data;
    }

    /** As root the library runs PostgreSQL, which refuses root, in a user namespace ({@code unshare -U}). */
    public static PostgresDatabase start() {
        return start(false);
    }

    /** One that {@link #stop()} leaves its data, to be started again; {@link #close()} removes them. */
    public static PostgresDatabase restartable() {
        return start(true);
    }

    private static PostgresDatabase start(boolean keepsData) {
        try {
            Path directory = Files.createDirectories(BuildOutput.directory("postgres"));
            Path log = Files.createTempFile(directory, "postgres-", ".log");
            Path data = keepsData ? Files.createTempDirectory(directory, "data-") : null;
            PostgresDatabase database = new PostgresDatabase(log, data);
            database.run(0);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its sessions and stops it, as an administrator does. */
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On its port and its data. */
    public void startAgain() {
        run(postgres.getPort());
    }

    private void run(int port) {
        try {
            // Not Redirect.to: each command of the library, stop included, would begin the file anew.
            ProcessBuilder.Redirect append = ProcessBuilder.Redirect.appendTo(log.toFile());
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            BuildOutput.directory("postgres").toFile())
                    .setPort(port)
                    .setServerConfig("log_line_prefix", StatementLog.PREFIX)
                    .setServerConfig("max_connections", "200")
                    .setOutputRedirector(append)
                    .setErrorRedirector(append);
            if (data != null) {
                builder.setDataDirectory(data).setCleanDataDirectory(false);
            }
            postgres = builder.start();
        } catch (IOException | IllegalStateException e) {
            throw new ServerFailure(
                    "PostgreSQL could not be started: " + e.getMessage()
                            + ". As root it needs 'unshare -U'; as another user it needs nothing. Its log is in "
                            + BuildOutput.directory("postgres"),
                    e);
        }
    }

    @Override
    public Database create() {
        String name = DatabaseServer.createdBy(postgres.getPostgresDatabase(), "");
        return Database.postgres("jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name, USER, USER);
    }

    @Override
    public DataSource look(Database database) {
        return postgres.getDatabase(USER, database.name());
    }

    /**
     * What sessions that begin from now on execute in this database. No other one logs its statements, which would cost
     * more than executing them.
     */
    public StatementLog statements(Database database) {
        DatabaseServer.execute(
                postgres.getPostgresDatabase(), "alter database " + database.name() + " set log_statement = 'all'");
        return new StatementLog(log, database.name());
    }

    @Override
    public void close() {
        stop();
        try {
            if (data != null) {
                DirectoryTrees.delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
