package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasConnection;
import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.HashMap;
import java.util.Map;

/** What Nylas says of itself. Each connection is asked once, however many providers use it. */
final class NylasFacts {

    private final NylasClient nylas;
    private final Map<NylasConnection, Answer<NylasApplication>> applications = new HashMap<>();
    private final Map<NylasConnection, Answer<NylasConnector>> connectors = new HashMap<>();

    NylasFacts(NylasClient nylas) {
        this.nylas = nylas;
    }

    Answer<NylasApplication> application(NylasConnection connection) {
        return applications.computeIfAbsent(connection, nylas::application);
    }

    Answer<NylasConnector> connector(NylasConnection connection) {
        return connectors.computeIfAbsent(connection, nylas::microsoftConnector);
    }
}
