package io.github.keycloaknylas.config;

/**
 * An endpoint with the key that opens it.
 *
 * @param endpoint where the application lives, and where the key comes from
 * @param apiKey the key itself; never printed or stored
 */
public record Connection(Endpoint endpoint, String apiKey) {

    /** Changes with anything that Nylas could judge differently, the key included. Kept in memory only. */
    public String version() {
        return Digests.sha256(endpoint.fingerprint(), apiKey);
    }

    @Override
    public String toString() {
        return "Connection[" + endpoint.name() + " at " + endpoint.apiUrl() + "]";
    }
}
