package io.github.keycloaknylas.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.signin.SignIn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fixture on a real PostgreSQL. */
class KeycloakOnPostgresIT {

    private static final TestUser ADA = TestUser.named("ada");

    @Test
    void aRealmSurvivesAKillAndStatementsAreSeen() {
        try (PostgresDatabase postgres = PostgresDatabase.start();
                KeycloakServer onPostgres = KeycloakServer.start(ServerOptions.named("postgres")
                        .database(postgres.create())
                        .build());
                TestRealm realm = TestRealm.create(onPostgres)) {
            String id = realm.addUser(ADA);
            onPostgres.kill();
            onPostgres.start();

            List<String> statements = postgres.statements()
                    .during(() -> assertThat(SignIn.to(realm)
                                    .open()
                                    .password(ADA)
                                    .tokens()
                                    .userId())
                            .isEqualTo(id));

            assertThat(statements).anyMatch(sql -> sql.toLowerCase().contains("from user_entity"));
        }
    }
}
