package io.github.keycloaknylas.testkit.nylas;

import java.util.List;

/**
 * The connector {@code microsoft} of an application.
 *
 * @param client the app registration used when a request names no credential
 * @param tenant a tenant id or {@code common}, part of Microsoft's token address
 * @param scope what the connector asks of Microsoft on every exchange; empty: whatever the token carries
 * @param activeCredentialId the credential created along with the connector
 */
public record Connector(OAuthClient client, String tenant, List<String> scope, String activeCredentialId) {

    public Connector {
        scope = List.copyOf(scope);
    }
}
