package io.github.keycloaknylas.testkit.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** What the application has in hand after a sign-in; without the scope {@code openid} there is no ID token. */
public record Tokens(String accessToken, String idToken, String refreshToken) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The access token's claims. */
    public JsonNode claims() {
        return claims(accessToken);
    }

    public JsonNode idClaims() {
        return claims(idToken);
    }

    public String username() {
        return claims().path("preferred_username").asText();
    }

    /** The user's id in Keycloak. */
    public String userId() {
        return claims().path("sub").asText();
    }

    private static JsonNode claims(String jwt) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
