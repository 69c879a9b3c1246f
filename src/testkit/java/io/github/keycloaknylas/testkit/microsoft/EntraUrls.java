package io.github.keycloaknylas.testkit.microsoft;

import java.net.URI;

/**
 * The addresses of the fake Microsoft for one tenant.
 *
 * @param login scheme and authority of the sign-in service
 * @param graph scheme and authority of Graph
 * @param tenant {@code common}, {@code organizations}, {@code consumers} or a tenant ID
 */
public record EntraUrls(URI login, URI graph, String tenant) {

    /** The addresses fixed in Keycloak's social provider, which the TLS mode answers to. */
    public static final EntraUrls REAL = new EntraUrls(
            URI.create("https://login.microsoftonline.com"), URI.create("https://graph.microsoft.com"), "common");

    /** The addresses for another tenant. */
    public EntraUrls forTenant(String other) {
        return new EntraUrls(login, graph, other);
    }

    /** The {@code iss} of ID tokens; a {@code {tenantid}} placeholder stands in it if the tenant is a group of them. */
    public String issuer() {
        return login + "/" + new Tenant(tenant).inIssuer() + "/v2.0";
    }

    /** The authorization endpoint, which browsers are sent to for signing in. */
    public URI authorizeUrl() {
        return URI.create(login + "/" + tenant + "/oauth2/v2.0/authorize");
    }

    /** Where codes and refresh tokens are redeemed. */
    public URI tokenUrl() {
        return URI.create(login + "/" + tenant + "/oauth2/v2.0/token");
    }

    /** The public keys that ID tokens are signed with. */
    public URI jwksUrl() {
        return URI.create(login + "/" + tenant + "/discovery/v2.0/keys");
    }

    /** The OpenID Connect discovery document. */
    public URI discoveryUrl() {
        return URI.create(login + "/" + tenant + "/v2.0/.well-known/openid-configuration");
    }

    /** The OpenID Connect user info, a part of Graph at Microsoft. */
    public URI userInfoUrl() {
        return URI.create(graph + "/oidc/userinfo");
    }

    /** The signed-in person's profile in Graph. */
    public URI graphMeUrl() {
        return URI.create(graph + "/v1.0/me");
    }
}
