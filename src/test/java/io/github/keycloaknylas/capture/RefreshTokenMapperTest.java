package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.ExpectedIdentity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.testkit.store.Crypto;
import io.github.keycloaknylas.testkit.store.Engine;
import io.github.keycloaknylas.testkit.store.OnEveryDatabase;
import io.github.keycloaknylas.testkit.store.Options;
import io.github.keycloaknylas.testkit.store.PlayedKeycloak;
import io.github.keycloaknylas.testkit.store.TestDatabase;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeyManager;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEventListener;

@OnEveryDatabase
class RefreshTokenMapperTest {

    private static final Mailbox ADA = new Mailbox("realm", "microsoft", "ada");

    private final Options options = Options.none()
            .with("nylas-connection/default/api-key", "server-key")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    private final TestDatabase database;
    private final PlayedKeycloak keycloak;
    private final RealmModel realm;
    private final RefreshTokenMapper mapper = new RefreshTokenMapper();
    private final Map<String, String> config = new HashMap<>();
    private KeycloakSession session;

    RefreshTokenMapperTest(Engine engine) {
        Crypto.use();
        database = TestDatabase.empty(engine);
        keycloak = new PlayedKeycloak(database);
        realm = keycloak.realm("realm");
        when(realm.getAccessCodeLifespanLogin()).thenReturn(1800);
        keycloak.user("realm", "ada");
        probeTables();
        open();
    }

    private void probeTables() {
        AtomicReference<ProviderEventListener> listener = new AtomicReference<>();
        KeycloakSessionFactory factory = keycloak.factory();
        org.mockito.Mockito.doAnswer(call -> {
                    listener.set(call.getArgument(0));
                    return null;
                })
                .when(factory)
                .register(any());
        mapper.postInit(factory);
        listener.get().onEvent(mock(PostMigrationEvent.class));
    }

    private void open() {
        session = keycloak.session();
        session.getContext().setRealm(realm);
    }

    private void signIn(SignIn signIn) {
        IdentityProviderMapperModel model = new IdentityProviderMapperModel();
        model.setIdentityProviderMapper(MapperProperties.MAPPER_ID);
        model.setConfig(config);
        mapper.preprocessFederatedIdentity(session, realm, model, signIn.context());
    }

    private SignIn signedIn(String token) {
        SignIn signIn = SignIn.oidc("ada", token);
        signIn(signIn);
        return signIn;
    }

    private List<CaptureEntity> captured(SignIn signIn) {
        session.close();
        open();
        return LoginNote.read(signIn.login()).stream()
                .map(id -> Captures.of(session).find(id).orElseThrow())
                .toList();
    }

    private static String json(String token) {
        return "{\"refresh_token\":\"" + token + "\",\"scope\":\"" + SignIn.SCOPES + "\"}";
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
    void aTokenOf20KilobytesIsKept() {
        SignIn signIn = signedIn("x".repeat(20_000));

        assertThat(captured(signIn))
                .singleElement()
                .satisfies(
                        row -> assertThat(Seal.open(session, ADA, row.token())).hasSize(20_000));
    }

    @Test
    void aConnectedMailboxCostsNothingButALook() {
        Ledger ledger = Ledger.of(session);
        var row = ledger.create(ADA, "ada");
        Transitions.connected(
                row,
                new ConnectedGrant(
                        "grant-1",
                        null,
                        null,
                        "Mail.Read Calendars.Read",
                        "default",
                        Connections.endpoint(realm, "microsoft", MapperSettings.of(new IdentityProviderMapperModel()))
                                .fingerprint(),
                        "k",
                        System.currentTimeMillis()),
                0,
                0);
        session.close();
        open();

        SignIn signIn = signedIn("refresh-token");

        assertThat(captured(signIn)).isEmpty();
        assertThat(signIn.response().getRefreshToken()).isEmpty();
    }

    @Test
    void theOidcResponseLosesItsRefreshTokenAndStays() {
        SignIn signIn = signedIn("refresh-token");

        assertThat(signIn.response()).isNotNull();
        assertThat(signIn.response().getRefreshToken()).isEmpty();
        assertThat(signIn.response().getScope()).isEqualTo(SignIn.SCOPES);
    }

    @Test
    void aStoredTokenIsClearedBeforeTheNewOneIsDropped() {
        keycloak.link("realm", "ada", "microsoft", "ada");
        link().setToken(json("older"));
        SignIn signIn = SignIn.social("ada", json("refresh-token"));

        signIn(signIn);

        assertThat(signIn.context().getToken()).isNull();
        assertThat(link().getToken()).isNull();
        assertThat(captured(signIn)).hasSize(1);
    }

    @Test
    void aStoredTokenUnderTheLegacyIdIsClearedToo() {
        keycloak.link("realm", "ada", "microsoft", "legacy-id");
        link().setToken(json("older"));
        SignIn signIn = SignIn.social("new-id", json("refresh-token"));
        signIn.context().setLegacyId("legacy-id");

        signIn(signIn);

        assertThat(link().getToken()).isNull();
        assertThat(signIn.context().getToken()).isNull();
    }

    @Test
    void whereTheStoredTokenCannotBeClearedTheNewOneStaysSinceKeycloakWouldFail() {
        keycloak.failUserStore(new IllegalStateException("The directory is down"));
        SignIn social = SignIn.social("ada", json("refresh-token"));
        SignIn oidc = SignIn.oidc("ada", "refresh-token");

        signIn(social);
        signIn(oidc);

        assertThat(social.context().getToken()).isNotNull();
        assertThat(oidc.response().getRefreshToken()).isEmpty();
    }

    private FederatedIdentityModel link() {
        return session.users()
                .getFederatedIdentity(realm, keycloak.user("realm", "ada").model(), "microsoft");
    }

    @Test
    void withoutDiscardKeycloakKeepsItsCopies() {
        config.put("discardAfterCapture", "false");

        SignIn signIn = signedIn("refresh-token");

        assertThat(signIn.response().getRefreshToken()).isEqualTo("refresh-token");
        assertThat(captured(signIn)).hasSize(1);
    }

    @Test
    void copiesAreDiscardedEvenIfNothingCouldBeSealed() {
        options.without("nylas-seal-key/default/secret");

        SignIn signIn = signedIn("refresh-token");

        assertThat(signIn.response().getRefreshToken()).isEmpty();
        assertThat(captured(signIn)).isEmpty();
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
