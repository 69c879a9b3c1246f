package io.github.keycloaknylas.testkit.nylas;

import java.util.List;

/**
 * A connector of an application.
 *
 * @param provider the mail provider's name at Nylas, {@code microsoft} or another
 * @param client the app registration used when a request names no credential
 * @param tenant a tenant ID or {@code common}, part of Microsoft's token address; null for a provider without tenants
 * @param scope what the connector asks of the provider on every exchange; empty: whatever the token carries
 * @param activeCredentialId the credential created along with the connector
 */
public record Connector(
        String provider, OAuthClient client, String tenant, List<String> scope, String activeCredentialId) {

    public Connector {
        scope = List.copyOf(scope);
    }
}
