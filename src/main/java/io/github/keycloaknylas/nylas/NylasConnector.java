package io.github.keycloaknylas.nylas;

import java.util.Set;

/**
 * The Microsoft connector of a Nylas application (Nylas API reference: "Connectors").
 *
 * @param clientId the Entra application it uses, or null if Nylas did not say; has to be the one Keycloak signs in with
 * @param tenant the Entra tenant, {@code common}, or null
 * @param scopes the scopes it asks for by default, as Nylas spells them
 */
public record NylasConnector(String clientId, String tenant, Set<String> scopes) {

    /** @throws NullPointerException if there are no scopes, not even an empty set */
    public NylasConnector {
        scopes = Set.copyOf(scopes);
    }
}
