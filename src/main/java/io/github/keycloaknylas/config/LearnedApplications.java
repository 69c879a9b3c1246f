package io.github.keycloaknylas.config;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nylas applications that this node has learned for the connections in use. Read during sign-in, where Nylas must not be
 * called; written by the delivery workers. Empty after a restart.
 */
public final class LearnedApplications {

    private static final int MOST_REMEMBERED = 10_000;
    private static final Map<String, String> APPLICATIONS = new ConcurrentHashMap<>();

    private LearnedApplications() {}

    /** Records which application the current API key of an endpoint belongs to. */
    public static void learned(Endpoint endpoint, String application) {
        if (APPLICATIONS.size() >= MOST_REMEMBERED) {
            APPLICATIONS.clear();
        }
        APPLICATIONS.put(key(endpoint), application);
    }

    /** Returns the application of an endpoint, or nothing if this node has not learned it yet. */
    public static Optional<String> of(Endpoint endpoint) {
        return Optional.ofNullable(APPLICATIONS.get(key(endpoint)));
    }

    private static String key(Endpoint endpoint) {
        return Digests.sha256(
                endpoint.name(),
                endpoint.apiUrl().toString(),
                endpoint.keyReference(),
                endpoint.credentialId().orElse(""));
    }
}
