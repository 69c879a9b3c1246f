package io.github.keycloaknylas.capture;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The undecided captures of a request. */
public final class OpenCaptures {

    private static final String ATTRIBUTE = "nylas.open";

    private OpenCaptures() {}

    static void add(KeycloakSession session, OpenCapture capture) {
        List<OpenCapture> all = new ArrayList<>(all(session));
        all.add(capture);
        session.setAttribute(ATTRIBUTE, all);
        // Runs after all mappers and before the commit. An exception would fail the login.
        session.getTransactionManager().enlistPrepare(capture);
    }

    /** Returns those of this login, at most one per provider; most requests have none. */
    public static List<OpenCapture> of(KeycloakSession session, AuthenticationSessionModel login) {
        List<OpenCapture> all = all(session);
        if (all.isEmpty()) {
            return all;
        }
        String loginHash = Captures.loginHash(login);
        return all.stream().filter(capture -> capture.isOf(loginHash)).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<OpenCapture> all(KeycloakSession session) {
        Object all = session.getAttribute(ATTRIBUTE);
        return all == null ? List.of() : (List<OpenCapture>) all;
    }
}
