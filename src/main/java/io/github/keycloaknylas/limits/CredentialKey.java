package io.github.keycloaknylas.limits;

import java.net.URI;
import java.util.Optional;

/**
 * One credential of a Nylas application.
 *
 * @param apiUrl base URL of the API
 * @param application ID of the application that the API key belongs to, as Nylas reports it
 * @param credentialId credential that replaces the connector's own
 */
public record CredentialKey(URI apiUrl, String application, Optional<String> credentialId) {

    /** The application that the credential belongs to. */
    public ConnectionKey connection() {
        return new ConnectionKey(apiUrl, application);
    }
}
