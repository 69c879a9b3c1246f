package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.grantsAtNylas;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.handovers;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.SentinelLogin;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.support.database.PostgresDatabase;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.RequestJournal;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.Ports;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server stands on fails and comes back: everything that was under way goes on by itself. */
@DistributionOnly("it stops PostgreSQL under a process")
@FullBuildOnly("it stops the database")
class RecoveryIT {

    private static final TestConnection MISTYPED = TestConnection.named("mistyped");
    private static final int STALE_CONNECTIONS = 4;

    private static PostgresDatabase postgres;
    private static Database database;
    private static OurTables tables;
    private static Ports ports;
    private static DistributionServer server;

    @BeforeAll
    static void start() {
        postgres = PostgresDatabase.restartable();
        database = postgres.create();
        tables = new OurTables(postgres.look(database));
        ports = Ports.free();
        server = DistributionServer.start(options("nyk_v0_with-a-typing-error"));
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
    }

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
    }

    private static ServerOptions options(String mistypedKey) {
        return MISTYPED.addTo(TestEnvironment.options("recovery"))
                .database(database)
                .ports(ports)
                .option("db-pool-max-size", Integer.toString(STALE_CONNECTIONS))
                .spi("nylas-connection", MISTYPED.name(), "api-key", mistypedKey)
                .build();
    }

    @Test
    void loginsFailOnlyWhileTheDatabaseIsDownAndWhatWasUnderWayIsBroughtToItsEnd() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of());
                MicrosoftRealm plain = MicrosoftRealm.empty(server)) {
            plain.keycloak().addProvider(MicrosoftRealm.oidc("entra"));
            Account underWay = somebody();
            TestEnvironment.NYLAS.faults().next(1, Handovers.of(underWay), WireFaults.late(Duration.ofHours(1)));
            realm.signIn("entra", underWay).tokens();
            await().atMost(MicrosoftRealm.SOON)
                    .untilAsserted(() -> assertThat(grantsAtNylas(underWay)).hasSize(1));
            Account waiting = somebody();
            TestEnvironment.NYLAS
                    .faults()
                    .next(1, Handovers.of(waiting), ErrorFaults.rateLimited(Duration.ofSeconds(5)));
            realm.signIn("entra", waiting).tokens();
            Handovers.await(waiting, 1);
            Users.requireOfNewUsers(realm.keycloak(), "TERMS_AND_CONDITIONS");
            Account notDone = somebody();
            Attempt atTheTerms = realm.signIn("entra", notDone);
            assertThat(atTheTerms.isDone()).isFalse();

            postgres.stop();
            assertThat(signsIn(plain)).as("without the mapper").isFalse();
            assertThat(signsIn(realm)).as("with the mapper").isFalse();
            TestEnvironment.NYLAS.faults().clear();
            TestEnvironment.NYLAS
                    .requests()
                    .await(Handovers.of(underWay).and(RequestJournal.answered()), 1, MicrosoftRealm.SOON);
            postgres.startAgain();
            awaitLogins(plain);

            atTheTerms.acceptTerms().tokens();
            // The lease of the call that was cut off, not one of a worker that calls again by now.
            tables.execute("update nylas_grant set lease_until = 0, next_at = 0 where lease_token is not null"
                    + " and user_id = '" + realm.user(underWay).getId() + "'");
            for (Account account : List.of(underWay, waiting, notDone)) {
                String shown = realm.awaitGrantId(realm.user(account).getId());
                assertThat(grantsAtNylas(account)).extracting(Grant::id).containsExactly(shown);
            }
            // Recorded after all, if a connection could be had before the recording worker gave up.
            assertThat(handovers(underWay)).isBetween(1L, 2L);
            assertThat(handovers(waiting)).isEqualTo(2);
            assertThat(handovers(notDone)).isEqualTo(1);
            assertNoTokenIsLeft();
        }
    }

    @Test
    void tokensThatWaitedForTheRightKeyFlowAtOnceAfterARestartThatBringsIt() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, MISTYPED.mapper())) {
            Account met = somebody();
            Account behind = somebody();
            String first = realm.signIn("entra", met).tokens().userId();
            await().atMost(MicrosoftRealm.SOON)
                    .untilAsserted(() -> assertThat(server.log())
                            .contains("realm '" + realm.keycloak().name()
                                    + "', provider 'entra': Nylas refused the API key"));
            String second = realm.signIn("entra", behind).tokens().userId();
            SentinelLogin.of(server).awaitGrant();
            // The key is tried when its application is asked for: no token goes out with it.
            assertThat(handovers(met)).isZero();
            assertThat(handovers(behind)).isZero();

            server.restart(options(MISTYPED.apiKey()));

            realm.awaitGrantId(first);
            realm.awaitGrantId(second);
            assertThat(handovers(met)).isEqualTo(1);
            assertThat(handovers(behind)).isEqualTo(1);
        }
    }

    /** A pool hands out connections that the database has ended, each once: that is not the mapper's doing. */
    private static void awaitLogins(MicrosoftRealm plain) {
        for (int i = 0; i < STALE_CONNECTIONS; i++) {
            await().atMost(Duration.ofSeconds(60)).until(() -> signsIn(plain));
        }
    }

    private static boolean signsIn(MicrosoftRealm realm) {
        try {
            return realm.signIn("entra", somebody()).isDone();
        } catch (AssertionError | RuntimeException e) {
            return false;
        }
    }

    private static void assertNoTokenIsLeft() {
        await().atMost(MicrosoftRealm.SOON).untilAsserted(() -> {
            assertThat(tables.count("nylas_capture where sealed_token <> '-'")).isZero();
            assertThat(tables.count("nylas_grant where sealed_token is not null"))
                    .isZero();
        });
    }
}
