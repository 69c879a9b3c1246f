package io.github.keycloaknylas.testkit.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A real PostgreSQL for the length of a test; it logs every statement, so that a test can count them. */
public final class PostgresDatabase implements DatabaseServer {

    private static final String USER = "postgres";

    private final EmbeddedPostgres postgres;
    private final StatementLog statements;

    private PostgresDatabase(EmbeddedPostgres postgres, StatementLog statements) {
        this.postgres = postgres;
        this.statements = statements;
    }

    /** As root the library runs PostgreSQL, which refuses root, in a user namespace ({@code unshare -U}). */
    public static PostgresDatabase start() {
        try {
            Path directory = Files.createDirectories(BuildOutput.directory("postgres"));
            Path log = Files.createTempFile(directory, "postgres-", ".log");
            // Not Redirect.to: each command of the library, stop included, would begin the file anew.
            ProcessBuilder.Redirect append = ProcessBuilder.Redirect.appendTo(log.toFile());
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .setServerConfig("log_statement", "all")
                    .setServerConfig("max_connections", "200")
                    .setOutputRedirector(append)
                    .setErrorRedirector(append)
                    .start();
            return new PostgresDatabase(postgres, new StatementLog(log));
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

    public StatementLog statements() {
        return statements;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
