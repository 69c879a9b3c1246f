package io.github.keycloaknylas.capture;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEventListener;

/** The mapper in a realm with usable tables, and a login that it sees. */
abstract class RefreshTokenMapperTestBase {

    static final Mailbox ADA = new Mailbox("realm", "microsoft", "ada");

    final Options options = Options.none()
            .with("nylas-connection/default/api-key", "server-key")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    final TestDatabase database;
    final FakeKeycloak keycloak;
    final RealmModel realm;
    final RefreshTokenMapper mapper;
    final Map<String, String> config = new HashMap<>();
    KeycloakSession session;

    RefreshTokenMapperTestBase(Engine engine) {
        this(engine, new RefreshTokenMapper());
    }

    RefreshTokenMapperTestBase(Engine engine, RefreshTokenMapper mapper) {
        this.mapper = mapper;
        Crypto.use();
        database = TestDatabase.empty(engine);
        keycloak = new FakeKeycloak(database);
        realm = keycloak.realm("realm");
        when(realm.getAccessCodeLifespanLogin()).thenReturn(1800);
        keycloak.user("realm", "ada");
        probeTables();
        open();
    }

    final void probeTables() {
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

    final void open() {
        session = keycloak.session();
        session.getContext().setRealm(realm);
    }

    final void signIn(SignIn signIn) {
        IdentityProviderMapperModel model = new IdentityProviderMapperModel();
        model.setIdentityProviderMapper(MapperProperties.MAPPER_ID);
        model.setConfig(config);
        mapper.preprocessFederatedIdentity(session, realm, model, signIn.context());
    }

    final SignIn signedIn(String token) {
        SignIn signIn = SignIn.oidc("ada", token);
        signIn(signIn);
        return signIn;
    }

    final List<CaptureEntity> captured(SignIn signIn) {
        session.close();
        open();
        return LoginNote.read(signIn.login()).stream()
                .map(id -> Captures.of(session).find(id).orElseThrow())
                .toList();
    }

    static String json(String token) {
        return "{\"refresh_token\":\"" + token + "\",\"scope\":\"" + SignIn.SCOPES + "\"}";
    }
}
