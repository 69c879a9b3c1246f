package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.KillStep.his;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.grantsAtNylas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.KillStep;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.TransactionBreakpoints;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server is killed between any two steps. Several people are stopped, each at a step of their own, before each of
 * the two kills; {@link RestartIT} has the login that stands between its capture and its completion.
 */
@DistributionOnly("it kills processes")
@FullBuildOnly("it kills servers")
class KillStepsIT {

    private static final Duration NEVER = Duration.ofHours(1);
    /** One call that deletes and two that hand over hang before the one that shall not even get out. */
    private static final int HTTP_CONNECTIONS = 3;

    private static final Map<KillStep, Account> PEOPLE = new EnumMap<>(KillStep.class);
    private static final Map<KillStep, Integer> BREAKPOINTS = new EnumMap<>(KillStep.class);
    private static final Account LEFT_BEFORE = MicrosoftRealm.somebody();
    private static final Account LEFT_AFTER = MicrosoftRealm.somebody();

    private static DistributionServer server;
    private static OurTables tables;
    private static TransactionBreakpoints breakpoints;
    private static MicrosoftRealm realm;

    @BeforeAll
    static void killTwice() {
        Database database = PostgresEnvironment.POSTGRES.create();
        DataSource look = PostgresEnvironment.POSTGRES.look(database);
        tables = new OurTables(look);
        breakpoints = new TransactionBreakpoints(look);
        server = DistributionServer.start(TestEnvironment.options("kill-steps")
                .database(database)
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__WORKERS", "32")
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__LEAVING_GRACE_HOURS", "0")
                .spi("connections-http-client", "default", "max-pooled-per-route", Integer.toString(HTTP_CONNECTIONS))
                .build());
        for (KillStep step : KillStep.values()) {
            Account account = MicrosoftRealm.somebody();
            PEOPLE.put(step, account);
            step.table().ifPresent(table -> BREAKPOINTS.put(step, breakpoints.put(table, step.condition(account))));
        }
        realm = MicrosoftRealm.empty(server);
        realm.keycloak().addProvider(MicrosoftRealm.oidc("entra"));
        // Known before: of a first sign-in that is cut off, Keycloak keeps the user without the link.
        signIn(KillStep.MARKING);
        signIn(KillStep.CAPTURING);
        // A login that completes in a later request marks its row; any other inserts it marked.
        realm.keycloak().require(realm.user(PEOPLE.get(KillStep.MARKING)).getId(), "TERMS_AND_CONDITIONS");
        realm.keycloak().addMapper("entra", MicrosoftRealm.MAPPER, Map.of());
        for (Account account : List.of(LEFT_BEFORE, LEFT_AFTER)) {
            realm.awaitGrantId(realm.signIn("entra", account).tokens().userId());
        }
        killInTheMiddleOfCalls();
        killInTheMiddleOfSignIns();
    }

    @AfterAll
    static void stop() {
        TestEnvironment.NYLAS.faults().clear();
        breakpoints.close();
        server.close();
    }

    private static void killInTheMiddleOfCalls() {
        breakpoints.enable();
        signIn(KillStep.SHOWING);
        awaitStopAt(KillStep.SHOWING);
        signIn(KillStep.RECORDING);
        awaitStopAt(KillStep.RECORDING);

        Predicate<RecordedRequest> deletion = deletionOf(LEFT_BEFORE);
        TestEnvironment.NYLAS.faults().next(1, deletion, WireFaults.blackHole());
        unlink(LEFT_BEFORE);
        TestEnvironment.NYLAS.requests().await(deletion, 1, MicrosoftRealm.SOON);

        Account calling = PEOPLE.get(KillStep.CALLING);
        TestEnvironment.NYLAS.faults().next(1, Handovers.of(calling), WireFaults.blackHole());
        signIn(KillStep.CALLING);
        Handovers.await(calling, 1);

        Account done = PEOPLE.get(KillStep.DONE_AT_NYLAS);
        TestEnvironment.NYLAS.faults().next(1, Handovers.of(done), WireFaults.late(NEVER));
        signIn(KillStep.DONE_AT_NYLAS);
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(() -> assertThat(grantsAtNylas(done)).hasSize(1));

        Account leased = PEOPLE.get(KillStep.LEASED);
        signIn(KillStep.LEASED);
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(
                        () -> assertThat(tables.count("nylas_grant where lease_token is not null and " + his(leased)))
                                .isEqualTo(1));
        assertThat(MicrosoftRealm.handovers(leased)).isZero();
        killAndStart();
        for (KillStep step : List.of(
                KillStep.SHOWING, KillStep.RECORDING, KillStep.CALLING, KillStep.DONE_AT_NYLAS, KillStep.LEASED)) {
            realm.awaitGrantId(realm.user(PEOPLE.get(step)).getId());
        }
    }

    private static void killInTheMiddleOfSignIns() {
        breakpoints.enable();
        signIn(KillStep.LEASING);
        awaitStopAt(KillStep.LEASING);
        signIn(KillStep.MERGING);
        awaitStopAt(KillStep.MERGING);
        CompletableFuture<Void> marking = CompletableFuture.runAsync(() -> signIn(KillStep.MARKING));
        awaitStopAt(KillStep.MARKING);
        CompletableFuture<Void> capturing = CompletableFuture.runAsync(() -> signIn(KillStep.CAPTURING));
        awaitStopAt(KillStep.CAPTURING);

        TestEnvironment.NYLAS.faults().next(1, deletionOf(LEFT_AFTER), WireFaults.late(NEVER));
        unlink(LEFT_AFTER);
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(() -> assertThat(grantsAtNylas(LEFT_AFTER)).isEmpty());
        killAndStart();

        assertThat(marking).failsWithin(MicrosoftRealm.SOON);
        assertThat(capturing).failsWithin(MicrosoftRealm.SOON);
        assertThat(grantsAtNylas(PEOPLE.get(KillStep.MARKING))).isEmpty();
        signIn(KillStep.MARKING);
        signIn(KillStep.CAPTURING);
        // What the login left that was cut off before its mark; no login can be at it once it has expired.
        tables.execute("update nylas_capture set expires_at = 0");
    }

    @ParameterizedTest
    @EnumSource
    void whereverTheKillCameItEndsInOneGrantAndNoTokenIsLeft(KillStep step) {
        Account account = PEOPLE.get(step);

        String shown = realm.awaitGrantId(realm.user(account).getId());

        assertThat(grantsAtNylas(account)).extracting(Grant::id).containsExactly(shown);
        assertThat(MicrosoftRealm.handovers(account)).isEqualTo(step.calls);
        await().atMost(MicrosoftRealm.SOON).untilAsserted(() -> {
            assertThat(tables.count("nylas_capture where sealed_token <> '-' and " + his(account)))
                    .isZero();
            assertThat(tables.query("select grant_state || ' ' || handover_state from nylas_grant where sealed_token"
                            + " is null and lease_token is null and not attribute_due and " + his(account)))
                    .containsExactly("CONNECTED NONE");
        });
    }

    @Test
    void aDeletionThatNeverReachedNylasIsMadeAfterTheStart() {
        assertGone(LEFT_BEFORE);
    }

    @Test
    void aDeletionWhoseAnswerWasLostIsAskedForAgainAndForgotten() {
        assertGone(LEFT_AFTER);
    }

    private static void assertGone(Account account) {
        await().atMost(MicrosoftRealm.SOON).untilAsserted(() -> {
            assertThat(tables.count("nylas_grant where " + his(account))).isZero();
            assertThat(tables.count("nylas_deletion where done_at is not null and lease_token is null and email = '"
                            + account.mail() + "'"))
                    .isEqualTo(1);
        });
        assertThat(grantsAtNylas(account)).isEmpty();
        assertThat(realm.grantId(realm.user(account).getId())).isEmpty();
    }

    private static void killAndStart() {
        server.kill();
        TestEnvironment.NYLAS.faults().clear();
        breakpoints.release();
        // Before the start, which takes leases of its own.
        tables.execute("update nylas_grant set lease_until = 0, next_at = 0 where lease_token is not null");
        tables.execute("update nylas_deletion set lease_until = 0, next_at = 0 where lease_token is not null");
        tables.execute("update nylas_grant set attribute_at = 0 where attribute_due");
        server.start();
    }

    private static void awaitStopAt(KillStep step) {
        breakpoints.awaitTransactionAt(BREAKPOINTS.get(step));
    }

    private static void signIn(KillStep step) {
        Attempt attempt = realm.signIn("entra", PEOPLE.get(step));
        if (!attempt.isDone()) {
            attempt.acceptTerms();
        }
        attempt.tokens();
    }

    private static void unlink(Account account) {
        realm.keycloak().user(realm.user(account).getId()).removeFederatedIdentity("entra");
    }

    private static Predicate<RecordedRequest> deletionOf(Account account) {
        String grantId = grantsAtNylas(account).get(0).id();
        return request -> request.method().equals("DELETE") && request.path().endsWith(grantId);
    }
}
