package io.github.keycloaknylas.config;

import java.net.URI;
import java.util.Optional;

/**
 * Where grants of a mapper live, without the key that opens it.
 *
 * @param name name of the server-side connection, or {@code realm:<id>/<alias>} where the realm brings its own
 * @param apiUrl base URL of the API
 * @param keyReference where the key comes from: {@code option:<server option>} or a vault reference
 * @param application id of the Nylas application, where the administrator gave it
 * @param credentialId credential to use in place of the connector's own
 */
public record Endpoint(
        String name, URI apiUrl, String keyReference, Optional<String> application, Optional<String> credentialId) {

    /**
     * Identifies where a grant lives: API URL, application and credential, never the key. A grant made under another
     * fingerprint is handed over anew.
     */
    public String fingerprint() {
        return Digests.sha256(apiUrl.toString(), application.orElse(""), credentialId.orElse(""));
    }
}
