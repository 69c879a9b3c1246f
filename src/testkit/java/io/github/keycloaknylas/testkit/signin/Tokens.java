package io.github.keycloaknylas.testkit.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.Json;
import java.util.Base64;

/** The tokens of an application after a sign-in; without the scope {@code openid} there is no ID token. */
public record Tokens(String accessToken, String idToken, String refreshToken) {

    /** Reads the response of Keycloak's token endpoint. */
    public static Tokens of(String tokenResponse) {
        JsonNode json = Json.read(tokenResponse);
        return new Tokens(
                json.path("access_token").textValue(),
                json.path("id_token").textValue(),
                json.path("refresh_token").textValue());
    }

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

    /** The user's ID in Keycloak. */
    public String userId() {
        return claims().path("sub").asText();
    }

    private static JsonNode claims(String jwt) {
        return Json.read(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), UTF_8));
    }
}
