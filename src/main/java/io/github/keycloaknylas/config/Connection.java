package io.github.keycloaknylas.config;

import io.github.keycloaknylas.config.ConnectionException.Problem;
import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.ApiUrl;
import java.net.URI;
import java.util.function.Supplier;

/**
 * A connection to a Nylas application that is ready for calls: its URL and API key have been checked.
 *
 * @param settings the settings it was opened with
 * @param key API key for the URL of the settings; never printed or stored
 */
public record Connection(ConnectionSettings settings, ApiKey key) {

    /**
     * Checks URL and key.
     *
     * @param secret the API key as it is stored
     * @throws ConnectionException if one of them cannot be used; the message shows neither
     */
    public Connection(ConnectionSettings settings, String secret) {
        this(settings, checked(settings, secret));
    }

    private static ApiKey checked(ConnectionSettings settings, String secret) {
        URI url = usable(Problem.API_URL, settings, () -> ApiUrl.checked(settings.apiUrl()));
        return usable(Problem.API_KEY, settings, () -> new ApiKey(url, secret));
    }

    private static <T> T usable(Problem problem, ConnectionSettings settings, Supplier<T> checked) {
        try {
            return checked.get();
        } catch (IllegalArgumentException e) {
            throw new ConnectionException(
                    problem, "The Nylas connection '" + settings.name() + "' cannot be used: " + e.getMessage());
        }
    }

    /**
     * Returns a value that changes with anything that Nylas could judge differently, the key included. Kept in
     * memory only.
     */
    public String version() {
        return Digests.sha256(settings.fingerprint(), key.value());
    }

    @Override
    public String toString() {
        return "Connection[" + settings.name() + " at " + settings.apiUrl() + "]";
    }
}
