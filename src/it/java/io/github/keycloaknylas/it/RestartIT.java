package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.handovers;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.MariaEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** A server is stopped or killed in the middle of its work, and nothing is lost. */
@FullBuildOnly("it kills servers")
class RestartIT {

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
    }

    @Test
    void whatWaitedWhenTheServerWasKilledIsDeliveredAfterTheStartOnPostgres() {
        String realmId = killWhileNylasIsDown(PostgresEnvironment.keycloak());

        assertThat(PostgresEnvironment.TABLES.count(
                        "nylas_capture where sealed_token <> '-' and realm_id = '" + realmId + "'"))
                .isZero();
    }

    @Test
    void whatWaitedWhenTheServerWasKilledIsDeliveredAfterTheStartOnMariaDb() {
        String realmId = killWhileNylasIsDown(MariaEnvironment.keycloak());

        assertThat(MariaEnvironment.tables()
                        .count("NYLAS_CAPTURE where SEALED_TOKEN <> '-' and REALM_ID = '" + realmId + "'"))
                .isZero();
    }

    @Test
    void whatWaitedWhenTheServerWasKilledIsDeliveredAfterTheStartOnH2() {
        try (KeycloakServer server =
                KeycloakServer.start(TestEnvironment.options("killed").build())) {
            killWhileNylasIsDown(server);
        }
    }

    @Test
    void aCallThatWasUnderWayAtTheKillIsMadeAgainOnceItsLeaseIsOver() {
        KeycloakServer server = PostgresEnvironment.keycloak();
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
            Account hung = somebody();
            TestEnvironment.NYLAS.faults().next(1, Handovers.of(hung), WireFaults.blackHole());
            String userId = realm.signIn("entra", hung).tokens().userId();
            Handovers.await(hung, 1);
            server.kill();
            TestEnvironment.NYLAS.faults().clear();
            server.start();

            realm.awaitGrantId(realm.signIn("entra", somebody()).tokens().userId());
            assertThat(handovers(hung)).isEqualTo(1);
            assertThat(leaseLeft(userId))
                    .isPositive()
                    .isLessThanOrEqualTo(PostgresEnvironment.DEADLINE
                            .multipliedBy(2)
                            .plusMinutes(2)
                            .toMillis());

            PostgresEnvironment.TABLES.execute(
                    "update nylas_grant set lease_until = lease_until - 124000, next_at = next_at - 124000 where"
                            + " user_id = '"
                            + userId + "'");
            assertThat(realm.awaitGrantId(userId)).isEqualTo(MicrosoftRealm.grantIdAtNylas(hung));
            assertThat(handovers(hung)).isEqualTo(2);
        }
    }

    @Test
    void aSignInThatTheKillCutOffHandsNothingOverAndTheNextOneDoes() {
        KeycloakServer server = PostgresEnvironment.keycloak();
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
            requireTermsOfEverybody(realm);
            Account account = somebody();
            Attempt cutOff = realm.signIn("entra", account);
            assertThat(cutOff.isDone()).isFalse();
            assertThat(unmarkedTokens(realm)).isEqualTo(1);
            server.kill();
            server.start();

            String userId =
                    realm.signIn("entra", account).acceptTerms().tokens().userId();

            assertThat(realm.awaitGrantId(userId)).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
            assertThat(handovers(account)).isEqualTo(1);
            assertThat(unmarkedTokens(realm)).isEqualTo(1);
            PostgresEnvironment.TABLES.execute("update nylas_capture set expires_at = 0");
            await().untilAsserted(() -> assertThat(PostgresEnvironment.TABLES.count("nylas_capture"))
                    .isZero());
        }
    }

    @Test
    void aStoppingServerWaitsForTheCallThatIsUnderWayAndRecordsIt() {
        KeycloakServer server = PostgresEnvironment.keycloak();
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
            Account account = somebody();
            TestEnvironment.NYLAS.faults().next(1, Handovers.of(account), WireFaults.late(Duration.ofMillis(1500)));
            String userId = realm.signIn("entra", account).tokens().userId();
            Handovers.await(account, 1);
            server.stop();
            server.start();

            realm.awaitGrantId(userId);
            assertThat(handovers(account)).isEqualTo(1);
        }
    }

    /** Returns the id of the realm, which is gone by then. */
    private static String killWhileNylasIsDown(KeycloakServer server) {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
            Map<Account, String> people = new LinkedHashMap<>();
            TestEnvironment.NYLAS.goDown();
            try {
                IntStream.range(0, 5)
                        .mapToObj(i -> somebody())
                        .forEach(account -> people.put(
                                account, realm.signIn("entra", account).tokens().userId()));
                server.kill();
            } finally {
                TestEnvironment.NYLAS.comeBack();
            }
            server.start();

            people.forEach((account, userId) -> {
                String grantId = await().atMost(Duration.ofSeconds(60))
                        .until(() -> realm.grantId(userId), java.util.Optional::isPresent)
                        .orElseThrow();
                assertThat(MicrosoftRealm.grantsAtNylas(account))
                        .extracting(Grant::id)
                        .containsExactly(grantId);
                assertThat(handovers(account)).isEqualTo(1);
            });
            return realm.keycloak().admin().toRepresentation().getId();
        }
    }

    /** Tokens of sign-ins that did not complete; a spent row keeps none. */
    private static long unmarkedTokens(MicrosoftRealm realm) {
        String realmId = realm.keycloak().admin().toRepresentation().getId();
        return PostgresEnvironment.TABLES.count(
                "nylas_capture where completed_at is null and sealed_token <> '-' and realm_id = '" + realmId + "'");
    }

    private static long leaseLeft(String userId) {
        return PostgresEnvironment.TABLES
                .query("select lease_until from nylas_grant where user_id = '" + userId + "'")
                .stream()
                .mapToLong(Long::parseLong)
                .map(until -> until - System.currentTimeMillis())
                .findFirst()
                .orElseThrow();
    }

    private static void requireTermsOfEverybody(MicrosoftRealm realm) {
        RequiredActionProviderRepresentation terms =
                realm.keycloak().admin().flows().getRequiredAction("TERMS_AND_CONDITIONS");
        terms.setEnabled(true);
        terms.setDefaultAction(true);
        realm.keycloak().admin().flows().updateRequiredAction("TERMS_AND_CONDITIONS", terms);
    }
}
