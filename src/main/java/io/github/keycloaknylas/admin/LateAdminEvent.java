package io.github.keycloaknylas.admin;

import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Writes an admin event after the transaction of the request has ended, in one of its own. */
final class LateAdminEvent {

    private LateAdminEvent() {}

    static void write(
            KeycloakSession session,
            String realmId,
            AdminEventBuilder event,
            OperationType operation,
            String resource,
            String path,
            Object representation) {
        // The builder reads the realm's settings of events in the new session.
        NylasCall.transaction(session, realmId, own -> {
            event.clone(own)
                    .operation(operation)
                    .resource(resource)
                    .resourcePath("nylas", path)
                    .representation(representation)
                    .success();
            return null;
        });
    }
}
