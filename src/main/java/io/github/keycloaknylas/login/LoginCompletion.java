package io.github.keycloaknylas.login;

import io.github.keycloaknylas.capture.LoginNote;
import io.github.keycloaknylas.capture.OpenCapture;
import io.github.keycloaknylas.capture.OpenCaptures;
import io.github.keycloaknylas.delivery.AfterCompletion;
import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Marks the captures of a login that completed: those of this request, and rows that earlier requests of the same tab
 * inserted. It relies on the authentication session, since the event's own details can name another provider than the
 * one just linked. Other logins cause no cost.
 */
final class LoginCompletion {

    private static final Logger LOG = Logger.getLogger(LoginCompletion.class);

    private final InstantSource clock;
    private final ThrottledWarnings warnings;

    LoginCompletion(InstantSource clock) {
        this.clock = clock;
        this.warnings = new ThrottledWarnings(LOG, clock);
    }

    void completed(KeycloakSession session, Event event) {
        try {
            AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
            if (login != null && mark(session, event, login)) {
                AfterCompletion.run(session, Delivery::wake);
            }
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.debug("Marking failed", e);
            warnings.warn(
                    event.getRealmName(),
                    "-",
                    "A completed login could not be marked (" + e.getClass().getName()
                            + "), so nothing is handed over. The next login tries again. Debug logging of "
                            + LOG.getName() + " shows the cause.");
        }
    }

    private boolean mark(KeycloakSession session, Event event, AuthenticationSessionModel login) {
        List<OpenCapture> open = OpenCaptures.of(session, login);
        List<String> noted = LoginNote.read(login);
        if (open.isEmpty() && noted.isEmpty()) {
            return false;
        }
        RealmModel realm = session.getContext().getRealm();
        UserModel user = login.getAuthenticatedUser();
        if (user == null || isImpersonated(session, realm, event)) {
            open.forEach(OpenCapture::drop);
            return false;
        }
        Entitlement entitlement = new Entitlement(session, realm, user, event.getClientId(), warnings);
        Set<String> aliases = new HashSet<>();
        boolean marked = false;
        for (OpenCapture capture : open) {
            aliases.add(capture.mailbox().alias());
            marked |= complete(capture, entitlement);
        }
        return new NotedCaptures(session, realm, clock.millis()).complete(login, noted, aliases, entitlement) || marked;
    }

    private static boolean complete(OpenCapture capture, Entitlement entitlement) {
        if (!capture.isNeeded()) {
            return false;
        }
        if (!entitlement.isLinked(capture.mailbox())
                || !entitlement.isAdmitted(capture.mailbox().alias(), capture.audience())) {
            capture.drop();
            return false;
        }
        return capture.complete(entitlement.user().getId());
    }

    // The context's own user session is null here on Keycloak 26.4. If none is found, nothing is marked.
    private static boolean isImpersonated(KeycloakSession session, RealmModel realm, Event event) {
        UserSessionModel userSession =
                event.getSessionId() == null ? null : session.sessions().getUserSession(realm, event.getSessionId());
        return userSession == null || userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null;
    }
}
