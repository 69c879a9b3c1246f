package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.hashing.Digests;

/**
 * The connection that a webhook belongs to.
 *
 * @param realmId realm whose administrators manage the webhook: that of the connection, or the server's administration
 *     realm
 * @param connection name of the connection, which is unique on the server
 * @param apiUrl base URL of the API
 */
public record WebhookOwner(String realmId, String connection, String apiUrl) {

    /** The key under which the webhook of the connection is found. */
    String hash() {
        return Digests.sha256(connection);
    }
}
