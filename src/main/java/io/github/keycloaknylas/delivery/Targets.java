package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.Endpoint;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.NylasConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Turns configured connections into ones that can be called. */
final class Targets {

    private Targets() {}

    /**
     * The connections that may reach the application of a grant: the one that the grant was made through, if it still
     * exists, and the one that the provider uses now. Which application their keys belong to is not known here.
     */
    static List<Connection> ofDeletion(KeycloakSession session, DeletionEntity deletion) {
        Mailbox mailbox = deletion.mailbox();
        RealmModel realm = Jobs.bind(session, mailbox.realmId());
        List<Connection> found = new ArrayList<>();
        open(session, () -> Optional.of(made(realm, deletion.connection()))).ifPresent(found::add);
        if (realm != null && mailbox.alias() != null) {
            open(
                            session,
                            () -> MapperSettings.find(session, mailbox.alias())
                                    .map(settings -> Connections.endpoint(realm, mailbox.alias(), settings)))
                    .ifPresent(found::add);
        }
        return found.stream()
                .filter(connection -> connection
                        .endpoint()
                        .apiUrl()
                        .toString()
                        .equals(deletion.connection().apiUrl()))
                .toList();
    }

    private static Endpoint made(RealmModel realm, GrantConnection connection) {
        return Connections.isOfRealm(connection.name())
                ? Connections.ofRealm(
                        realm, connection.name(), URI.create(connection.apiUrl()), connection.keyReference())
                : Connections.ofServer(connection.name());
    }

    private static Optional<Connection> open(KeycloakSession session, Supplier<Optional<Endpoint>> endpoint) {
        try {
            return endpoint.get().map(found -> Connections.open(session, found));
        } catch (ConnectionException e) {
            return Optional.empty();
        }
    }

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
