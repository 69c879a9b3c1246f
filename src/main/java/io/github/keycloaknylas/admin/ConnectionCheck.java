package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.nylas.NylasConnection;
import java.net.URI;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether the connection that a mapper names can be had and used. Calls nobody. */
final class ConnectionCheck {

    private static final String ANY_KEY = "-";

    private final KeycloakSession session;
    private final RealmModel realm;

    ConnectionCheck(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    Optional<OpenConnection> open(Broker broker, Findings findings) {
        try {
            Connection connection =
                    Connections.open(session, Connections.endpoint(realm, broker.alias(), broker.settings()));
            return usable(connection, broker, findings);
        } catch (ConnectionException e) {
            // The mapper's own settings complain in the same words: once is enough.
            if (!broker.settings().complaints().contains(e.getMessage())) {
                findings.advice(
                        Code.CONNECTION_UNUSABLE,
                        broker.alias(),
                        e.getMessage(),
                        "Correct the server's options, or pick another connection in the mapper.");
            }
            return Optional.empty();
        }
    }

    private static Optional<OpenConnection> usable(Connection connection, Broker broker, Findings findings) {
        URI url = connection.endpoint().apiUrl();
        Optional<String> badUrl = refusal(url, ANY_KEY);
        if (badUrl.isPresent()) {
            findings.problem(
                    Code.API_URL_REFUSED,
                    broker.alias(),
                    unusable(connection, badUrl.get()),
                    "Correct the API URL of the connection.");
            return Optional.empty();
        }
        Optional<String> badKey = refusal(url, connection.apiKey());
        if (badKey.isPresent()) {
            findings.problem(
                    Code.API_KEY_UNUSABLE,
                    broker.alias(),
                    unusable(connection, badKey.get()),
                    "Copy the API key again into the server option or vault entry of the connection.");
            return Optional.empty();
        }
        return Optional.of(new OpenConnection(connection.endpoint(), new NylasConnection(url, connection.apiKey())));
    }

    private static String unusable(Connection connection, String reason) {
        return "The Nylas connection '" + connection.endpoint().name() + "' cannot be used: " + reason + ".";
    }

    private static Optional<String> refusal(URI url, String key) {
        try {
            new NylasConnection(url, key);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
