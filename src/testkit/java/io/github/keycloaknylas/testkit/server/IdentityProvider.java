package io.github.keycloaknylas.testkit.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** An identity provider of a realm, as an administrator would set it up. */
public record IdentityProvider(
        String alias, String type, boolean trustEmail, boolean storeToken, Map<String, String> config) {

    /** Where an OpenID provider answers. */
    public record Endpoints(URI issuer, URI authorize, URI token, URI jwks, URI userInfo) {}

    /** Keycloak's {@code oidc}, pointed at Entra or at a fake of it. */
    public static IdentityProvider oidc(String alias, Endpoints endpoints, String clientId, String clientSecret) {
        return of(alias, "oidc", clientId, clientSecret)
                .with("issuer", endpoints.issuer().toString())
                .with("authorizationUrl", endpoints.authorize().toString())
                .with("tokenUrl", endpoints.token().toString())
                .with("jwksUrl", endpoints.jwks().toString())
                .with("userInfoUrl", endpoints.userInfo().toString())
                .with("useJwksUrl", "true")
                .with("validateSignature", "true");
    }

    /** Keycloak's social {@code microsoft}, whose addresses are fixed. */
    public static IdentityProvider microsoft(String alias, String clientId, String clientSecret) {
        return of(alias, "microsoft", clientId, clientSecret);
    }

    private static IdentityProvider of(String alias, String type, String clientId, String clientSecret) {
        return new IdentityProvider(alias, type, false, false, Map.of())
                .with("clientId", clientId)
                .with("clientSecret", clientSecret)
                .with("clientAuthMethod", "client_secret_post")
                .syncMode("IMPORT");
    }

    public IdentityProvider defaultScope(String scopes) {
        return with("defaultScope", scopes);
    }

    public IdentityProvider syncMode(String mode) {
        return with("syncMode", mode);
    }

    public IdentityProvider tenant(String tenant) {
        return with("tenantId", tenant);
    }

    public IdentityProvider trustingEmail() {
        return new IdentityProvider(alias, type, true, storeToken, config);
    }

    public IdentityProvider storingTokens() {
        return new IdentityProvider(alias, type, trustEmail, true, config);
    }

    public IdentityProvider with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(config);
        changed.put(key, value);
        return new IdentityProvider(alias, type, trustEmail, storeToken, changed);
    }

    /** By JSON names: the types of two setters differ between Keycloak's own class and the admin client's. */
    IdentityProviderRepresentation representation() {
        Map<String, Object> json = Map.of(
                "alias", alias,
                "providerId", type,
                "enabled", true,
                "trustEmail", trustEmail,
                "storeToken", storeToken,
                "config", new TreeMap<>(config));
        return new ObjectMapper().convertValue(json, IdentityProviderRepresentation.class);
    }
}
