package io.github.keycloaknylas.nylas;

import java.util.Set;

/**
 * The connector of a Nylas application for one mail provider (Nylas API reference: "Connectors").
 *
 * @param clientId the client it presents, or null if Nylas did not report it; has to be the one Keycloak signs in with
 * @param tenant the tenant that it refreshes at, or null
 * @param scopes the scopes it requests by default, as Nylas spells them
 */
public record NylasConnector(String clientId, String tenant, Set<String> scopes) {

    /** @throws NullPointerException if there are no scopes, not even an empty set */
    public NylasConnector {
        scopes = Set.copyOf(scopes);
    }
}
