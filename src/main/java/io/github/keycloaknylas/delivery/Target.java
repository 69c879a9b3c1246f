package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.nylas.NylasConnection;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Turns a configured connection into one that can be called. */
final class Target {

    private Target() {}

    /** The connection of the grant that a row knows; none if it is gone, or is another one by now. */
    static Optional<NylasConnection> find(KeycloakSession session, RealmModel realm, GrantEntity row) {
        String alias = row.mailbox().alias();
        try {
            return MapperSettings.find(session, alias)
                    .map(settings -> Connections.endpoint(realm, alias, settings))
                    .filter(endpoint -> endpoint.fingerprint()
                            .equals(row.grant().map(ConnectedGrant::fingerprint).orElse(null)))
                    .map(endpoint -> of(Connections.open(session, endpoint)));
        } catch (ConnectionException | WaitingException e) {
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
