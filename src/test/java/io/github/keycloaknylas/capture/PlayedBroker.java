package io.github.keycloaknylas.capture;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.config.MapperProperties;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The broker's side of a login: it calls the real mapper with what Microsoft answered. */
public final class PlayedBroker {

    private final RefreshTokenMapper mapper;

    public PlayedBroker(KeycloakSessionFactory factory, InstantSource clock) {
        mapper = new RefreshTokenMapper(clock);
        doAnswer(call -> {
                    call.<ProviderEventListener>getArgument(0).onEvent(mock(PostMigrationEvent.class));
                    return null;
                })
                .when(factory)
                .register(any());
        mapper.postInit(factory);
    }

    /** Somebody comes back from Microsoft: the account's name is its subject, its address and, with a prefix, its id. */
    public AuthenticationSessionModel arrive(
            KeycloakSession session, Map<String, String> settings, String account, String token, String tab) {
        SignIn signIn = SignIn.oidc(account, token);
        when(signIn.login().getTabId()).thenReturn(tab);
        signIn.context().setEmail(account + "@example.com");
        JsonWebToken idToken = new JsonWebToken();
        idToken.setOtherClaims("oid", "oid-" + account);
        signIn.context().getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, idToken);
        IdentityProviderMapperModel model = new IdentityProviderMapperModel();
        model.setIdentityProviderMapper(MapperProperties.MAPPER_ID);
        model.setConfig(settings);
        mapper.preprocessFederatedIdentity(session, session.getContext().getRealm(), model, signIn.context());
        return signIn.login();
    }

    /** Ids of what a login brought. */
    public static List<String> captures(AuthenticationSessionModel login) {
        return LoginNote.read(login);
    }
}
