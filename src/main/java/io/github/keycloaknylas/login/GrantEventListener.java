package io.github.keycloaknylas.login;

import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * Handles completed logins and changes of users by administrators. Only a login that really completed may give an
 * application access to a mailbox.
 */
final class GrantEventListener implements EventListenerProvider {

    private final KeycloakSession session;
    private final LoginCompletion completion;

    GrantEventListener(KeycloakSession session, LoginCompletion completion) {
        this.session = session;
        this.completion = completion;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.LOGIN) {
            completion.completed(session, event);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        UserChange.report(session, event);
    }

    @Override
    public void close() {}
}
