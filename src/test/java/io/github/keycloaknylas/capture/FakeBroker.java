package io.github.keycloaknylas.capture;

import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.InterfaceStub;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The broker's side of a login: it calls the real mapper with what Microsoft answered. */
public final class FakeBroker {

    private final RefreshTokenMapper mapper;

    public FakeBroker(KeycloakSessionFactory factory, InstantSource clock) {
        mapper = new RefreshTokenMapper(clock);
        mapper.postInit(InterfaceStub.of(
                KeycloakSessionFactory.class, Map.of("create", given -> factory.create(), "register", given -> {
                    ((ProviderEventListener) given[0]).onEvent(mock(PostMigrationEvent.class));
                    return null;
                })));
    }

    /**
     * Somebody comes back from Microsoft: the account's name is its subject, its address and, with a prefix, its id.
     */
    public AuthenticationSessionModel arrive(
            KeycloakSession session, Map<String, String> settings, String account, String token, String tab) {
        return arriveAs(session, settings, account, token, tab, account);
    }

    /** As {@link #arrive}; another mapper, called after ours, sets the subject. */
    public AuthenticationSessionModel arriveAs(
            KeycloakSession session,
            Map<String, String> settings,
            String account,
            String token,
            String tab,
            String finalSubject) {
        Mailbox mailbox = new Mailbox(session.getContext().getRealm().getId(), "microsoft", account);
        return arrive(session, settings, mailbox, account, token, tab, finalSubject);
    }

    /**
     * Somebody comes back from Microsoft.
     *
     * @param mailbox the account, whose name is its subject and its address
     * @param person the person's id, without its prefix
     */
    public AuthenticationSessionModel arrive(
            KeycloakSession session,
            Map<String, String> settings,
            Mailbox mailbox,
            String person,
            String token,
            String tab) {
        return arrive(session, settings, mailbox, person, token, tab, mailbox.subject());
    }

    private AuthenticationSessionModel arrive(
            KeycloakSession session,
            Map<String, String> settings,
            Mailbox mailbox,
            String person,
            String token,
            String tab,
            String finalSubject) {
        AuthenticationSessionModel login = TabLogin.in(tab);
        IdentityProviderMapperModel model = new IdentityProviderMapperModel();
        model.setIdentityProviderMapper(MapperProperties.MAPPER_ID);
        model.setConfig(settings);
        BrokeredIdentityContext context = brought(login, mailbox, person, token);
        mapper.preprocessFederatedIdentity(session, session.getContext().getRealm(), model, context);
        context.setId(finalSubject);
        return login;
    }

    private static BrokeredIdentityContext brought(
            AuthenticationSessionModel login, Mailbox mailbox, String person, String token) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias(mailbox.alias());
        BrokeredIdentityContext context = new BrokeredIdentityContext(mailbox.subject(), provider);
        context.setUsername(mailbox.subject());
        context.setEmail(mailbox.subject() + "@example.com");
        context.setAuthenticationSession(login);
        AccessTokenResponse response = new AccessTokenResponse();
        response.setRefreshToken(token);
        response.setScope(SignIn.SCOPES);
        context.getContextData().put(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE, response);
        JsonWebToken idToken = new JsonWebToken();
        idToken.setOtherClaims("oid", "oid-" + person);
        context.getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, idToken);
        return context;
    }

    /** Ids of what a login brought. */
    public static List<String> captures(AuthenticationSessionModel login) {
        return LoginNote.read(login);
    }
}
