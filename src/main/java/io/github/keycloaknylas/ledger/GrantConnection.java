package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.hashing.Digests;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.util.Objects;
import java.util.Optional;

/**
 * The Nylas application of a grant and the connection it was reached through. The application, not the URL, identifies
 * where a grant is stored: all applications of a region share one URL.
 *
 * @param apiUrl base URL of the API
 * @param application ID of the Nylas application, as Nylas reported it for the API key
 * @param credentialId credential used in place of the connector's own, or null
 * @param name name of the connection, see {@link ConnectionSettings#name()}
 * @param keyReference where the API key comes from, never the key
 */
@Embeddable
public record GrantConnection(
        @Column(name = "API_URL", length = 2000) @Convert(converter = EscapedText.class)
        String apiUrl,

        @Column(name = "APPLICATION_ID", length = 255) String application,

        @Column(name = "CREDENTIAL_ID", length = 255) @Convert(converter = EscapedText.class)
        String credentialId,

        @Column(name = "CONNECTION_NAME", length = 600) @Convert(converter = EscapedText.class)
        String name,

        @Column(name = "KEY_REFERENCE", length = 600) @Convert(converter = EscapedText.class)
        String keyReference) {

    /**
     * Returns the connection of these settings.
     *
     * @param application ID that Nylas reported for the connection's API key
     */
    public static GrantConnection of(ConnectionSettings settings, String application) {
        return new GrantConnection(
                settings.apiUrl().toString(),
                application,
                ConnectedGrant.bounded(settings.credentialId().orElse(null), 255),
                settings.name(),
                ConnectedGrant.bounded(settings.keyReference(), 600));
    }

    /** Hash of URL, application and grant id: the key of a grant among all realms of the server. */
    String grantHash(String grantId) {
        return grantHash(apiUrl, application, grantId);
    }

    /** Returns the same for a grant of any application. */
    public static String grantHash(String apiUrl, String application, String grantId) {
        return Digests.sha256(apiUrl, application, grantId);
    }

    /** Hash of URL and application, under which the grants and deletions of an application are found. */
    public String hash() {
        return Digests.sha256(apiUrl, application);
    }

    /** Returns whether both name the same application and the same credential. */
    boolean isSame(GrantConnection other) {
        return apiUrl.equals(other.apiUrl)
                && application.equals(other.application)
                && Objects.equals(credentialId, other.credentialId);
    }

    /** Id of the credential used in place of the connector's own. */
    public Optional<String> credential() {
        return Optional.ofNullable(credentialId);
    }
}
