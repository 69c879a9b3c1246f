package io.github.keycloaknylas.capture;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** One login on its way through the broker. */
public final class SignIn {

    static final String SCOPES = "openid Mail.Read Calendars.Read";

    private final Map<String, String> notes = new HashMap<>();
    private final AuthenticationSessionModel login =
            mock(AuthenticationSessionModel.class, withSettings().stubOnly());
    private final BrokeredIdentityContext context;
    private final IdentityProviderModel provider = new IdentityProviderModel();

    private SignIn(String subject, String tab) {
        provider.setAlias("microsoft");
        context = new BrokeredIdentityContext(subject, provider);
        context.setUsername("ada@example.com");
        context.setEmail("ada@example.com");
        context.setAuthenticationSession(login);
        RootAuthenticationSessionModel root =
                mock(RootAuthenticationSessionModel.class, withSettings().stubOnly());
        ClientModel client = mock(ClientModel.class, withSettings().stubOnly());
        when(root.getId()).thenReturn("root");
        when(root.getAuthenticationSessions()).thenAnswer(call -> Map.of(login.getTabId(), login));
        when(client.getClientId()).thenReturn("mail-app");
        when(login.getParentSession()).thenReturn(root);
        when(login.getTabId()).thenReturn(tab);
        when(login.getClient()).thenReturn(client);
        when(login.getClientNote(any())).thenAnswer(call -> notes.get(call.<String>getArgument(0)));
        doAnswer(call -> notes.put(call.getArgument(0), call.getArgument(1)))
                .when(login)
                .setClientNote(any(), any());
    }

    /** Through the provider {@code oidc}, which hands mappers the response as an object. */
    public static SignIn oidc(String subject, String refreshToken) {
        SignIn signIn = new SignIn(subject, "tab");
        AccessTokenResponse response = new AccessTokenResponse();
        response.setRefreshToken(refreshToken);
        response.setScope(SCOPES);
        signIn.context.getContextData().put(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE, response);
        return signIn;
    }

    /** Through the social provider, which hands mappers the response as text, or nothing. */
    static SignIn social(String subject, String tokenResponse) {
        SignIn signIn = new SignIn(subject, "tab");
        signIn.context.setToken(tokenResponse);
        return signIn;
    }

    AccessTokenResponse response() {
        return (AccessTokenResponse) context.getContextData().get(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE);
    }

    IdentityProviderModel provider() {
        return provider;
    }

    BrokeredIdentityContext context() {
        return context;
    }

    public AuthenticationSessionModel login() {
        return login;
    }

    public Map<String, String> notes() {
        return notes;
    }
}
