package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.nylas.NylasConnection;

/** Turns a configured connection into one that can be called. */
final class Target {

    private Target() {}

    /** @throws WaitingException if the URL or the key cannot be used; shows neither */
    static NylasConnection of(Connection connection) {
        try {
            return new NylasConnection(connection.endpoint().apiUrl(), connection.apiKey());
        } catch (IllegalArgumentException e) {
            throw new WaitingException(
                    "connection_invalid",
                    "The Nylas connection '" + connection.endpoint().name() + "' cannot be used: " + e.getMessage());
        }
    }
}
