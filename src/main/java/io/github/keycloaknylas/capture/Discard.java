package io.github.keycloaknylas.capture;

import java.io.IOException;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.util.JsonSerialization;

/** Keeps the refresh token out of Keycloak's own copies: the one on its way and one that an earlier login stored. */
final class Discard {

    /**
     * Overwrites a stored token. Null in its place is answered with 500 (IdentityBrokerService.updateToken parses
     * both), and without the field refresh_token Keycloak copies the stored one back. Written as Keycloak writes it
     * after such a copy: while it equals what is stored, no login updates the link.
     */
    static final String EMPTY_RESPONSE = emptyResponse();

    private Discard() {}

    static void copies(BrokeredIdentityContext context) {
        // The entry itself stays: OIDCIdentityProvider.authenticationFinished reads it. Empty and not null, since as a
        // note it overwrites what a session from before the mapper may hold.
        if (context.getContextData().get(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE)
                instanceof AccessTokenResponse response) {
            response.setRefreshToken("");
        }
        // Null where the provider does not store tokens: what is set would be stored with a new link all the same.
        if (context.getToken() != null) {
            context.setToken(EMPTY_RESPONSE);
        }
    }

    private static String emptyResponse() {
        AccessTokenResponse response = new AccessTokenResponse();
        response.setToken("");
        response.setRefreshToken("");
        try {
            return JsonSerialization.writeValueAsString(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
