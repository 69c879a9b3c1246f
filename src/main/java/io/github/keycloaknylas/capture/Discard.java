package io.github.keycloaknylas.capture;

import java.io.IOException;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.util.JsonSerialization;

/** Removes the refresh token from Keycloak's own copies: that of this request and one that an earlier login stored. */
final class Discard {

    /**
     * Overwrites a stored token. With null in its place Keycloak answers 500 (IdentityBrokerService.updateToken parses
     * both), and without the field refresh_token it copies the stored one back. Written exactly as Keycloak writes it
     * after such a copy: while it equals what is stored, no login updates the link.
     */
    static final String EMPTY_RESPONSE = emptyResponse();

    private Discard() {}

    static void copies(BrokeredIdentityContext context) {
        // The entry itself stays: OIDCIdentityProvider.authenticationFinished reads it. Empty rather than null, since
        // as a note it overwrites the value of a session that is older than the mapper.
        if (context.getContextData().get(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE)
                instanceof AccessTokenResponse response) {
            response.setRefreshToken("");
        }
        // Null if the provider does not store tokens: a value would still be stored with a new link.
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
