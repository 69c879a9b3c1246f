package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeyManager;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** What of a sign-in is captured, and that nothing stops a login. */
@OnEveryDatabase
class RefreshTokenMapperTest extends RefreshTokenMapperTestBase {

    RefreshTokenMapperTest(Engine engine) {
        super(engine);
    }

    @Test
    void aSignInThatNeedsAHandoverIsKeptSealedForThisLoginAlone() {
        SignIn signIn = signedIn("refresh-token");

        assertThat(captured(signIn)).singleElement().satisfies(row -> {
            assertThat(row.mailbox()).isEqualTo(ADA);
            assertThat(row.userId()).isNull();
            assertThat(row.awaits("realm", Captures.loginHash(signIn.login()), System.currentTimeMillis()))
                    .isTrue();
            assertThat(row.identity()).isEqualTo(new ExpectedIdentity(null, null, "ada@example.com", null, null));
            assertThat(Seal.open(session, ADA, row.token())).isEqualTo("refresh-token");
        });
        assertThat(signIn.notes().toString()).doesNotContain("refresh-token");
    }

    @Test
    void aMapperThatIsCalledLaterMaySetTheSubject() {
        SignIn signIn = SignIn.oidc("ada", "refresh-token");
        signIn(signIn);
        signIn.context().setId("final");

        assertThat(captured(signIn)).singleElement().satisfies(row -> {
            assertThat(row.mailbox()).isEqualTo(new Mailbox("realm", "microsoft", "final"));
            assertThat(Seal.open(session, row.mailbox(), row.token())).isEqualTo("refresh-token");
        });
    }

    @Test
    void aSubjectThatIsConnectedNeedsNothingThoughItIsSetLater() {
        connectedOver("https://api.us.nylas.com");
        SignIn signIn = SignIn.oidc("from Microsoft", "refresh-token");
        signIn(signIn);
        signIn.context().setId("ada");

        assertThat(captured(signIn)).isEmpty();
    }

    @Test
    void aSubjectThatALaterMapperLeavesEmptyIsNotTried() {
        SignIn signIn = SignIn.oidc("ada", "refresh-token");
        signIn(signIn);
        signIn.context().setId("");

        assertThat(captured(signIn)).isEmpty();
    }

    @Test
    void aRequestThatIsRolledBackLeavesNothing() {
        SignIn signIn = signedIn("refresh-token");

        session.getTransactionManager().setRollbackOnly();

        assertThat(captured(signIn)).isEmpty();
    }

    @Test
    void aTabThatKeycloakHasRemovedIsNotBroughtBackByANote() {
        SignIn signIn = signedIn("refresh-token");
        RootAuthenticationSessionModel root = signIn.login().getParentSession();
        when(root.getAuthenticationSessions()).thenReturn(Map.of());

        captured(signIn);

        assertThat(signIn.notes()).isEmpty();
    }

    @Test
    void aClassThatDoesNotLinkFailsNoLogin() {
        SignIn atTheMapper = SignIn.oidc("ada", "refresh-token");
        when(atTheMapper.login().getClient()).thenThrow(new NoClassDefFoundError("org/keycloak/Gone"));
        SignIn atTheCommit = SignIn.oidc("ada", "refresh-token");

        assertThatCode(() -> signIn(atTheMapper)).doesNotThrowAnyException();
        when(atTheCommit.login().getTabId()).thenThrow(new NoSuchMethodError("getTabId"));
        signIn(atTheCommit);

        assertThatCode(() -> session.close()).doesNotThrowAnyException();
        assertThat(atTheMapper.response().getRefreshToken()).isEmpty();
    }

    @Test
    void aTokenOf20KilobytesIsKept() {
        SignIn signIn = signedIn("x".repeat(20_000));

        assertThat(captured(signIn))
                .singleElement()
                .satisfies(
                        row -> assertThat(Seal.open(session, ADA, row.token())).hasSize(20_000));
    }

    private void connectedOver(String apiUrl) {
        Transitions.connected(
                Ledger.of(session).create(ADA, "ada", 0),
                new ConnectedGrant(
                        "grant-1",
                        null,
                        null,
                        "Mail.Read Calendars.Read",
                        new GrantConnection(apiUrl, "application-1", null, "default", "k"),
                        System.currentTimeMillis()),
                0,
                0);
        session.close();
        open();
    }

    @Test
    void aConnectedMailboxCostsNothingButALook() {
        connectedOver("https://api.us.nylas.com");

        SignIn signIn = signedIn("refresh-token");

        assertThat(captured(signIn)).isEmpty();
        assertThat(signIn.response().getRefreshToken()).isEmpty();
    }

    @Test
    void aMailboxThatIsConnectedOverAnotherConnectionIsHandedOverAnew() {
        connectedOver("https://api.eu.nylas.com");

        assertThat(captured(signedIn("refresh-token"))).hasSize(1);
    }

    @Test
    void aRealmThatCannotSealDoesNotSwitchCaptureOffForTheOthers() {
        options.without("nylas-seal-key/default/secret");
        options.with("nylas-seal/default/realm-key", "true");
        KeyManager keys = mock(KeyManager.class);
        when(keys.getActiveKey(any(), any(), any())).thenThrow(new RuntimeException("Failed to find key"));
        when(session.keys()).thenReturn(keys);
        signedIn("refresh-token");

        options.with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
        session.close();
        open();

        assertThat(captured(signedIn("refresh-token"))).hasSize(1);
    }

    @Test
    void aTransientUserHasNoAccountToPutAGrantOn() {
        SignIn signIn = SignIn.oidc("ada", "refresh-token");
        signIn.provider().getConfig().put("doNotStoreUsers", "true");

        signIn(signIn);

        assertThat(captured(signIn)).isEmpty();
        assertThat(signIn.response().getRefreshToken()).isEmpty();
    }

    @Test
    void aTokenExchangeHasNoLoginToBelongTo() {
        SignIn signIn = SignIn.oidc("ada", "refresh-token");
        signIn.context().setAuthenticationSession(null);

        signIn(signIn);

        assertThat(captured(signIn)).isEmpty();
    }

    @Test
    void aLoginToAClientThatGetsNoGrantIsNotKept() {
        config.put("clients", "another-app");

        SignIn signIn = signedIn("refresh-token");

        assertThat(captured(signIn)).isEmpty();
        assertThat(signIn.response().getRefreshToken()).isEmpty();
    }

    @Test
    void ofTwoMappersTheFirstCounts() {
        config.put("discardAfterCapture", "false");
        SignIn signIn = SignIn.oidc("ada", "refresh-token");

        signIn(signIn);
        signIn(signIn);

        assertThat(captured(signIn)).hasSize(1);
    }

    @Test
    void twoProvidersOfOneLoginAreKeptBoth() {
        SignIn first = SignIn.oidc("ada", "refresh-token");
        signIn(first);
        SignIn second = SignIn.oidc("ada", "other-token");
        second.provider().setAlias("other");
        second.context().setAuthenticationSession(first.login());

        signIn(second);

        assertThat(captured(first)).extracting(row -> row.mailbox().alias()).containsExactly("microsoft", "other");
    }

    @Test
    void theLongestTokenAndTheLongestSubjectThatFitAreKept() {
        SignIn signIn = SignIn.oidc("x".repeat(2000), "x".repeat(64 * 1024));

        signIn(signIn);

        assertThat(captured(signIn)).hasSize(1);
    }

    @Test
    void tokensAndSubjectsLongerThanAnyRealOneAreNotTried() {
        SignIn token = SignIn.oidc("ada", "x".repeat(64 * 1024 + 1));
        signIn(token);
        assertThat(captured(token)).isEmpty();

        SignIn subject = SignIn.oidc("é".repeat(400), "refresh-token");
        signIn(subject);
        assertThat(captured(subject)).isEmpty();
    }

    @Test
    void aMissingTokenOrMissingScopesLetTheLoginGoOn() {
        SignIn none = signedIn(null);
        assertThat(captured(none)).isEmpty();

        SignIn fewer = SignIn.oidc("ada", "refresh-token");
        fewer.response().setScope("User.Read");
        signIn(fewer);
        assertThat(captured(fewer)).isEmpty();
    }

    @Test
    void aMissingConnectionIsNoReasonToLoseTheToken() {
        options.without("nylas-connection/default/api-key");

        assertThat(captured(signedIn("refresh-token"))).hasSize(1);
    }

    @Test
    void whateverFailsTheLoginGoesOn() {
        SignIn broken = SignIn.oidc("ada", "refresh-token");
        when(broken.login().getClient()).thenThrow(new IllegalStateException("broken"));
        KeycloakSession useless = mock(KeycloakSession.class);
        IdentityProviderMapperModel model = new IdentityProviderMapperModel();

        assertThatCode(() -> signIn(broken)).doesNotThrowAnyException();
        assertThatCode(() -> mapper.preprocessFederatedIdentity(
                        useless,
                        realm,
                        model,
                        SignIn.oidc("ada", "refresh-token").context()))
                .doesNotThrowAnyException();
    }

    @Test
    void beforeTheTablesAreProbedNothingTouchesThem() {
        RefreshTokenMapper unprobed = new RefreshTokenMapper();
        SignIn signIn = SignIn.oidc("ada", "refresh-token");

        unprobed.preprocessFederatedIdentity(session, realm, new IdentityProviderMapperModel(), signIn.context());

        assertThat(LoginNote.read(signIn.login())).isEmpty();
        assertThat(signIn.response().getRefreshToken()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(IdentityProviderSyncMode.class)
    void theMapperSupportsEverySyncMode(IdentityProviderSyncMode mode) {
        assertThat(mapper.supportsSyncMode(mode)).isTrue();
    }

    @Test
    void itIsOfferedForMicrosoftAndOpenIdConnectProviders() {
        assertThat(mapper.getCompatibleProviders()).containsExactlyInAnyOrder("microsoft", "oidc", "keycloak-oidc");
    }
}
