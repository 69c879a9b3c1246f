package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.ledger.GrantConnection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/** Finds the connections that may reach the application of a grant. */
final class GrantConnections {

    private GrantConnections() {}

    /**
     * Returns the connection that the grant was made through and the one that its provider uses now. Which application
     * their keys belong to is not known here.
     *
     * @param session bound to the realm of the grant, or to none if the realm is gone
     * @param alias of the identity provider, or null
     */
    static List<Connection> candidates(KeycloakSession session, GrantConnection home, String alias) {
        Optional<Connection> made = Connections.ofGrant(session, home.name(), home.apiUrl(), home.keyReference());
        Optional<Connection> current = session.getContext().getRealm() == null || alias == null
                ? Optional.empty()
                : Connections.ofProvider(session, alias);
        return Stream.of(made, current)
                .flatMap(Optional::stream)
                .filter(connection -> connection.settings().apiUrl().toString().equals(home.apiUrl()))
                .toList();
    }
}
