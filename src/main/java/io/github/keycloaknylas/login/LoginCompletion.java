package io.github.keycloaknylas.login;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.capture.LoginNote;
import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.config.Audience;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.delivery.Delivery;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Marks the captures of a login that completed. It goes by the authentication session, since the event's own details
 * can name another provider than the one just linked. A login without our note costs nothing.
 */
final class LoginCompletion {

    private static final Logger LOG = Logger.getLogger(LoginCompletion.class);

    private final InstantSource clock;
    private final Advice advice;

    LoginCompletion(InstantSource clock) {
        this.clock = clock;
        this.advice = new Advice(LOG, clock);
    }

    void completed(KeycloakSession session, Event event) {
        try {
            AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
            List<String> captures = login == null ? List.of() : LoginNote.read(login);
            if (!captures.isEmpty() && mark(session, event, login, captures)) {
                AfterCompletion.run(session, Delivery::nudge);
            }
        } catch (RuntimeException e) {
            advice.warn(
                    event.getRealmName(),
                    "-",
                    "A completed login could not be marked (" + e.getClass().getName()
                            + "), so it hands nothing over. The next login tries again. Debug logging of "
                            + LOG.getName() + " shows the cause.");
            LOG.debug("Marking failed", e);
        }
    }

    private boolean mark(
            KeycloakSession session, Event event, AuthenticationSessionModel login, List<String> captureIds) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = login.getAuthenticatedUser();
        if (user == null || isImpersonated(session, realm, event)) {
            return false;
        }
        Captures captures = Captures.of(session);
        String loginHash = Captures.loginHash(login);
        boolean marked = false;
        for (String id : captureIds) {
            Optional<CaptureEntity> own =
                    captures.find(id).filter(capture -> capture.awaits(realm.getId(), loginHash, clock.millis()));
            if (own.isPresent()) {
                marked |= settle(session, realm, user, event.getClientId(), own.get());
            }
        }
        return marked;
    }

    /** Marks a capture, or erases its token at once where its person gets no grant. */
    private boolean settle(
            KeycloakSession session, RealmModel realm, UserModel user, String clientId, CaptureEntity capture) {
        String alias = capture.mailbox().alias();
        if (!isLinked(session, realm, user, capture)) {
            return false;
        }
        Optional<Audience> audience = MapperSettings.find(session, alias).map(MapperSettings::audience);
        if (audience.filter(who -> who.admits(session, realm, user, clientId)).isEmpty()) {
            capture.spend();
            return false;
        }
        capture.complete(user.getId(), clock.millis());
        return true;
    }

    private static boolean isLinked(KeycloakSession session, RealmModel realm, UserModel user, CaptureEntity capture) {
        FederatedIdentityModel link = session.users()
                .getFederatedIdentity(realm, user, capture.mailbox().alias());
        return link != null && capture.mailbox().subject().equals(link.getUserId());
    }

    // The context's own user session is null here on Keycloak 26.4. Where none is found, nothing is marked.
    private static boolean isImpersonated(KeycloakSession session, RealmModel realm, Event event) {
        UserSessionModel userSession =
                event.getSessionId() == null ? null : session.sessions().getUserSession(realm, event.getSessionId());
        return userSession == null || userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null;
    }
}
