package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.handovers;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.FaultEnvironment;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.Mapper;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Credential;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.ErrorShape;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nylas or Microsoft says no: who has to do something about it, and who is not concerned. */
class RefusalIT {

    private final TestConnection connection = FaultEnvironment.connection();
    private final MicrosoftRealm realm = MicrosoftRealm.withOidc(FaultEnvironment.keycloak(), connection.mapper());

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
        realm.close();
    }

    @Test
    void aRefusedTokenLeavesTheKnownGrantIdAndTheNextSignInHealsIt() {
        Account account = somebody();
        String userId = signIn(realm, account);
        String grantId = realm.awaitGrantId(userId);
        Credential credential = connection.application().credential("second", TestConnection.CLIENT);
        Mapper.of(realm, "entra").set(Map.of("credentialId", credential.id()));
        TestEnvironment.NYLAS
                .faults()
                .next(
                        1,
                        connection.handovers(),
                        ErrorFaults.refusedByMicrosoft("invalid_grant", "AADSTS50173: revoked."));

        signIn(realm, account);
        await().until(() -> Handovers.journal(account).stream().anyMatch(request -> request.status() == 400));
        assertThat(realm.grantId(userId)).contains(grantId);
        signIn(realm, account);

        await().untilAsserted(() -> assertThat(connection.grantOf(account))
                .hasValueSatisfying(grant -> assertThat(grant.authentications()).isEqualTo(2)));
        assertThat(handovers(account)).isEqualTo(3);
        assertThat(realm.grantId(userId)).contains(grantId);
    }

    @Test
    void aRefusedTokenIsNotTriedAgainBeforeItsOwnerSignsInAgain() {
        Account refused = somebody();
        TestEnvironment.NYLAS.faults().next(1, Handovers.of(refused), ErrorFaults.refreshTokenInvalid());
        String userId = signIn(realm, refused);
        Handovers.await(refused, 1);

        realm.awaitGrantId(signIn(realm, somebody()));
        assertThat(handovers(refused)).isEqualTo(1);

        signIn(realm, refused);
        realm.awaitGrantId(userId);
        assertThat(handovers(refused)).isEqualTo(2);
    }

    @Test
    void aCredentialIsNamedInsideTheSettings() {
        Credential credential = connection.application().credential("of this realm", TestConnection.CLIENT);
        Mapper.of(realm, "entra").set(Map.of("credentialId", credential.id()));
        Account account = somebody();

        realm.awaitGrantId(signIn(realm, account));

        assertThat(connection.grantOf(account)).map(Grant::credentialId).contains(credential.id());
    }

    @Test
    void aRefusedKeyStopsItsConnectionAndNoOtherUntilTheAdministratorPutsItRight() {
        connection.application().revoke(connection.apiKey());
        TestConnection other = FaultEnvironment.connection();
        try (MicrosoftRealm otherRealm = MicrosoftRealm.withOidc(FaultEnvironment.keycloak(), other.mapper())) {
            String waiting = signIn(realm, somebody());
            await().until(() -> !connection.calls().isEmpty());
            String behind = signIn(realm, somebody());

            otherRealm.awaitGrantId(signIn(otherRealm, somebody()));
            awaitLine("Nylas refused the API key");
            assertThat(connection.calls()).hasSize(1);
            assertThat(FaultEnvironment.keycloak().log()).doesNotContain(connection.apiKey());

            Mapper.of(realm, "entra").set(other.mapper());
            realm.awaitGrantId(waiting);
            realm.awaitGrantId(behind);
        }
    }

    @Test
    void aRefusedClientSecretStopsItsCredentialAndNoOtherOfTheSameConnection() {
        Credential good = connection.application().credential("good", TestConnection.CLIENT);
        connection.presents(new OAuthClient(TestConnection.CLIENT.clientId(), "not the secret"));
        try (MicrosoftRealm otherRealm = MicrosoftRealm.withOidc(
                FaultEnvironment.keycloak(), Map.of("connection", connection.name(), "credentialId", good.id()))) {
            Account first = somebody();
            String waiting = signIn(realm, first);
            Handovers.await(first, 1);
            awaitLine("Microsoft refused the Entra application that Nylas presented");
            Account second = somebody();
            String behind = signIn(realm, second);

            otherRealm.awaitGrantId(signIn(otherRealm, somebody()));
            assertThat(handovers(first)).isEqualTo(1);
            assertThat(handovers(second)).isZero();

            Mapper.of(realm, "entra").set(Map.of("credentialId", good.id()));
            Stream.of(waiting, behind).forEach(realm::awaitGrantId);
        }
    }

    @Test
    void aMissingConnectorIsSaidAndTheTokenWaitsForIt() {
        connection.application().removeConnector();
        Account account = somebody();
        String userId = signIn(realm, account);
        Handovers.await(account, 1);
        awaitLine("Nylas found no Microsoft connector");
        TestConnection other = FaultEnvironment.connection();

        Mapper.of(realm, "entra").set(other.mapper());

        realm.awaitGrantId(userId);
        assertThat(other.grantOf(account)).isPresent();
    }

    @Test
    void aRefusalNobodyForesawStopsThatPersonOnlyAndTheNextSignInTriesAtOnce() {
        Account strange = somebody();
        TestEnvironment.NYLAS
                .faults()
                .next(
                        1,
                        Handovers.of(strange),
                        ErrorFaults.error(422, ErrorShape.STANDARD, "grant.strange_error", "Nobody knows."));
        String waiting = signIn(realm, strange);
        Handovers.await(strange, 1);

        realm.awaitGrantId(signIn(realm, somebody()));
        awaitLine("Nylas refused this one request");
        assertThat(realm.grantId(waiting)).isEmpty();

        signIn(realm, strange);
        realm.awaitGrantId(waiting);
        assertThat(handovers(strange)).isEqualTo(2);
    }

    private static String signIn(MicrosoftRealm realm, Account account) {
        return realm.signIn("entra", account).tokens().userId();
    }

    private void awaitLine(String sentence) {
        String ours = "realm '" + realm.keycloak().name() + "', provider 'entra': " + sentence;
        await().untilAsserted(
                        () -> assertThat(FaultEnvironment.keycloak().log()).contains(ours));
    }
}
