package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.SetUp;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.ErrorShape;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.Mode;
import io.github.keycloaknylas.testkit.server.Ports;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In production a token is sealed with a key that the administrator chose, or is not captured at all. */
@FullBuildOnly("it restarts servers")
class SealKeyIT {

    private static final String FIRST = key("the first key, of 32 characters.");
    private static final String SECOND = key("another key of thirty-two bytes.");
    private static final String NO_KEY = "There is no key to seal refresh tokens with, so none is captured.";
    private static final String FIRST_KEY = "KC_SPI_NYLAS_SEAL_KEY__DEFAULT__SECRET";

    private static Database database;
    private static Ports ports;
    private static OurTables tables;
    private static KeycloakServer server;

    @BeforeAll
    static void prepare() {
        database = PostgresEnvironment.POSTGRES.create();
        tables = new OurTables(PostgresEnvironment.POSTGRES.look(database));
        ports = Ports.free();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
    }

    @Test
    void withoutASealKeyNothingIsCapturedUntilTheRealmsOwnKeyIsChosen() {
        run(production().build());
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
            Account account = somebody();
            realm.signIn("entra", account).tokens();
            String userId = realm.signIn("entra", account).tokens().userId();
            assertThat(server.log().lines().filter(line -> line.contains(" WARN ") && line.contains(NO_KEY)))
                    .singleElement()
                    .asString()
                    .contains(realm.keycloak().name());
            assertThat(tables.count("nylas_capture where sealed_token <> '-'")).isZero();
            assertThat(setUp(realm).check().problems(null)).contains("seal_key_missing");

            run(production()
                    .environment("KC_SPI_NYLAS_SEAL__DEFAULT__REALM_KEY", "true")
                    .build());
            realm.signIn("entra", account).tokens();

            realm.awaitGrantId(userId);
            assertThat(setUp(realm).check().problems(null)).doesNotContain("seal_key_missing");
        }
    }

    @Test
    void aTokenSealedWithTheOldKeyIsStillOpenedAfterARotation() {
        run(production().environment(FIRST_KEY, FIRST).build());
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
            Account early = somebody();
            String earlyId = waitingUnder(realm, early, "server:default");

            run(rotated().build());
            dueNow();
            await().atMost(MicrosoftRealm.SOON)
                    .untilAsserted(() -> assertThat(server.log())
                            .contains("Refresh tokens are queued. The seal key 'server:default' is gone."));

            run(rotated().environment(FIRST_KEY, FIRST).build());
            dueNow();
            realm.awaitGrantId(earlyId);
            waitingUnder(realm, somebody(), "server:second");
            assertThat(server.log()).doesNotContain(FIRST).doesNotContain(SECOND);
        }
    }

    /** The first test starts the server, whichever it is; every other change of options is a restart. */
    private static void run(ServerOptions options) {
        if (server == null) {
            server = KeycloakServer.start(options);
        } else {
            server.restart(options);
        }
    }

    private static ServerOptions.Builder production() {
        return TestEnvironment.options("production")
                .mode(Mode.PRODUCTION)
                .database(database)
                .ports(ports);
    }

    private static ServerOptions.Builder rotated() {
        return production()
                .spi("nylas-seal", "default", "key-id", "second")
                .spi("nylas-seal-key", "second", "secret", SECOND);
    }

    private static SetUp setUp(MicrosoftRealm realm) {
        return new SetUp(server, realm.keycloak().name());
    }

    /** Signs somebody in whose token is refused for now. */
    private static String waitingUnder(MicrosoftRealm realm, Account account, String sealKey) {
        TestEnvironment.NYLAS
                .faults()
                .next(
                        1,
                        Handovers.of(account),
                        ErrorFaults.error(422, ErrorShape.STANDARD, "grant.strange_error", "Nobody knows."));
        String userId = realm.signIn("entra", account).tokens().userId();
        await().untilAsserted(() -> assertThat(tables.query(
                        "select seal_key_id from nylas_grant where refusals > 0 and user_id = '" + userId + "'"))
                .containsExactly(sealKey));
        return userId;
    }

    private static void dueNow() {
        tables.execute("update nylas_grant set next_at = 0 where handover_state = 'DUE'");
    }

    private static String key(String bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes(UTF_8));
    }
}
