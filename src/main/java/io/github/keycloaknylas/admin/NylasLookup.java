package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasConnector;
import io.github.keycloaknylas.nylas.NylasProvider;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads applications and connectors from Nylas. Each request is made once per API key, however many providers use it.
 */
final class NylasLookup {

    private record ConnectorOf(ApiKey key, String provider) {}

    private final NylasClient nylas;
    private final Map<ApiKey, CallResult<NylasApplication>> applications = new HashMap<>();
    private final Map<ConnectorOf, CallResult<NylasConnector>> connectors = new HashMap<>();

    NylasLookup(NylasClient nylas) {
        this.nylas = nylas;
    }

    CallResult<NylasApplication> application(ApiKey key) {
        return applications.computeIfAbsent(key, nylas::application);
    }

    CallResult<NylasConnector> connector(ApiKey key, NylasProvider provider) {
        return connectors.computeIfAbsent(
                new ConnectorOf(key, provider.name()), missing -> nylas.connector(key, provider));
    }
}
