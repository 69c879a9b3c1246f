package io.github.keycloaknylas.capture;

import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a login leaves before it completes. */
public final class LoginRows {

    private LoginRows() {}

    public static AuthenticationSessionModel login(String root, String tab) {
        AuthenticationSessionModel login = SignIn.oidc("subject", "refresh").login();
        when(login.getTabId()).thenReturn(tab);
        when(login.getParentSession().getId()).thenReturn(root);
        return login;
    }

    public static String capture(
            KeycloakSession session, Mailbox mailbox, AuthenticationSessionModel login, long expiresAt) {
        CaptureEntity row = new CaptureEntity(
                mailbox,
                Captures.loginHash(login),
                new SealedToken("sealed", "server:default", 10),
                new ExpectedIdentity(null, null, "ada@example.com", null, null),
                expiresAt);
        return Captures.of(session).insert(row).id();
    }

    public static void note(AuthenticationSessionModel login, String captureId) {
        LoginNote.add(login, captureId);
    }
}
