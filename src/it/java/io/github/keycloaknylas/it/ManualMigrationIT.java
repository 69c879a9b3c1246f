package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.it.support.DatabaseEnvironment;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SqlScript;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.ServerFailure;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An administrator who lets nobody but a person change the database runs the documented SQL. */
@DistributionOnly("it reads a file that the server writes")
@FullBuildOnly("it restarts servers")
class ManualMigrationIT {

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void theDocumentedSqlIsAllThatIsMissing(DatabaseEnvironment environment) {
        Database database = environment.databases().create();
        SqlScript tables = new SqlScript(environment.databases().look(database));
        String script = environment.name().toLowerCase(Locale.ROOT);
        ServerOptions manual = options(environment, database)
                .spi("connections-jpa", "quarkus", "migration-strategy", "manual")
                .spi(
                        "connections-jpa",
                        "quarkus",
                        "migration-export",
                        scratch.resolve("missing.sql").toString())
                .build();
        try (DistributionServer server =
                DistributionServer.start(options(environment, database).build())) {
            tables.run(script + "-remove.sql");

            assertThatThrownBy(() -> server.restart(manual))
                    .isInstanceOf(ServerFailure.class)
                    .hasMessageContaining("Database not up-to-date");
            assertThat(scratch.resolve("missing.sql")).content().contains("CREATE TABLE", "NYLAS_GRANT");

            tables.run(script + ".sql");
            server.start();
            assertThat(server.log()).doesNotContain("cannot be used");
            try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
                Account account = MicrosoftRealm.somebody();
                realm.awaitGrantId(realm.signIn("entra", account).tokens().userId());
            }
        }
    }

    private static ServerOptions.Builder options(DatabaseEnvironment environment, Database database) {
        return TestEnvironment.options("manual-" + environment.name().toLowerCase(Locale.ROOT))
                .database(database);
    }
}
