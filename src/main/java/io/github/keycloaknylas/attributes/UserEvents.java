package io.github.keycloaknylas.attributes;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Keycloak's user events. */
public interface UserEvents {

    /**
     * Sends an event about a change of a status to the realm's event listeners and, if the realm saves events, to the
     * event store.
     *
     * @param session bound to the realm
     */
    void send(KeycloakSession session, RealmModel realm, StatusChange change);
}
