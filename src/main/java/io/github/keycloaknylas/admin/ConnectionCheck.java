package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Whether the connection that a mapper names can be opened. Calls nobody. */
final class ConnectionCheck {

    private final KeycloakSession session;

    ConnectionCheck(KeycloakSession session) {
        this.session = session;
    }

    Optional<Connection> open(Broker broker, Findings findings) {
        try {
            return Optional.of(Connections.open(session, broker.alias(), broker.settings()));
        } catch (ConnectionException e) {
            report(e, broker, findings);
            return Optional.empty();
        }
    }

    private static void report(ConnectionException e, Broker broker, Findings findings) {
        switch (e.problem()) {
            case API_URL ->
                findings.problem(
                        FindingCode.API_URL_REFUSED,
                        broker.alias(),
                        e.getMessage() + ".",
                        "Correct the API URL of the connection.");
            case API_KEY ->
                findings.problem(
                        FindingCode.API_KEY_UNUSABLE,
                        broker.alias(),
                        e.getMessage() + ".",
                        "Copy the API key again into the server option or vault entry of the connection.");
            case MISSING -> missing(e, broker, findings);
        }
    }

    // The mapper's own settings complain in the same words: once is enough.
    private static void missing(ConnectionException e, Broker broker, Findings findings) {
        if (!broker.settings().problems().contains(e.getMessage())) {
            findings.problemFrom(
                    FindingCode.CONNECTION_UNUSABLE,
                    broker.alias(),
                    e.getMessage(),
                    "Correct the server's options, or pick another connection in the mapper.");
        }
    }
}
