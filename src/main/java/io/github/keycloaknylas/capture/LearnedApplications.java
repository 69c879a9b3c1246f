package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.hashing.Digests;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nylas applications that this node has learned for the connections in use. Read during sign-in, where Nylas must not
 * be called; written by the delivery workers. Empty after a restart.
 */
public final class LearnedApplications {

    private static final int MOST_REMEMBERED = 10_000;
    private static final Map<String, String> APPLICATIONS = new ConcurrentHashMap<>();

    private LearnedApplications() {}

    /** Records which application the current API key of a connection belongs to. */
    public static void learned(ConnectionSettings settings, String application) {
        if (APPLICATIONS.size() >= MOST_REMEMBERED) {
            APPLICATIONS.clear();
        }
        APPLICATIONS.put(key(settings), application);
    }

    /** Returns the application of a connection, or nothing if this node has not learned it yet. */
    public static Optional<String> of(ConnectionSettings settings) {
        return Optional.ofNullable(APPLICATIONS.get(key(settings)));
    }

    private static String key(ConnectionSettings settings) {
        return Digests.sha256(
                settings.name(),
                settings.apiUrl().toString(),
                settings.keyReference(),
                settings.credentialId().orElse(""));
    }
}
