package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.hashing.Digests;

/**
 * A grant that Nylas sent a notice about.
 *
 * @param apiUrl base URL of the API
 * @param application ID of the Nylas application
 * @param grantId Nylas' ID of the grant
 */
public record NoticedGrant(String apiUrl, String application, String grantId) {

    /** The key of the grant among all realms of the server, as in the ledger. */
    public String hash() {
        return Digests.sha256(apiUrl, application, grantId);
    }

    /** Hash of URL and application, as {@link GrantConnection#hash()}. */
    public String connectionHash() {
        return Digests.sha256(apiUrl, application);
    }
}
