package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.nylas.NylasApplication;
import java.util.Optional;

/**
 * An identity provider whose settings have been checked.
 *
 * @param provider the identity provider
 * @param connection its connection, if that can be opened
 * @param application the application of the connection, if Nylas reported it
 */
record CheckedProvider(
        MappedProvider provider, Optional<Connection> connection, Optional<NylasApplication> application) {

    /** The application under which the provider's grants are stored. */
    Optional<GrantConnection> grants() {
        return connection.flatMap(
                opened -> application.map(known -> GrantConnection.of(opened.settings(), known.id())));
    }
}
