package io.github.keycloaknylas.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The IDs of a login's captures, carried in a client note: auth notes and user-session notes do not survive a first
 * broker login. Client notes are copied into the client session, so this one holds IDs and nothing else.
 */
public final class LoginNote {

    private static final String NOTE = "nylas.captures";
    private static final int MOST = 10;

    private LoginNote() {}

    static void add(AuthenticationSessionModel login, String captureId) {
        List<String> ids = new ArrayList<>(read(login));
        ids.add(captureId);
        login.setClientNote(NOTE, String.join(",", ids.subList(Math.max(0, ids.size() - MOST), ids.size())));
    }

    /** Returns the IDs of the captures of this login, the oldest first; most logins have none. */
    public static List<String> read(AuthenticationSessionModel login) {
        String note = login.getClientNote(NOTE);
        return note == null || note.isEmpty() ? List.of() : List.of(note.split(","));
    }

    /** Returns how long a login can take in this realm. */
    static Duration lifespan(RealmModel realm) {
        return Duration.ofSeconds(IntStream.of(
                        realm.getAccessCodeLifespan(),
                        realm.getAccessCodeLifespanLogin(),
                        realm.getAccessCodeLifespanUserAction())
                .max()
                .orElse(0));
    }
}
