package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import org.keycloak.models.KeycloakSession;

/** Puts rows into the captures' table for tests of other packages. */
public final class CaptureRows {

    private CaptureRows() {}

    /** A capture as a login leaves it that nobody has completed. */
    public static CaptureEntity unmarked(
            KeycloakSession session, Mailbox mailbox, SealedToken token, ExpectedIdentity identity, long expiresAt) {
        CaptureEntity row = new CaptureEntity(mailbox, "login-hash", token, identity, expiresAt);
        Captures.of(session).insert(row);
        return row;
    }

    /** A capture whose login completed. */
    public static CaptureEntity marked(
            KeycloakSession session,
            Mailbox mailbox,
            SealedToken token,
            ExpectedIdentity identity,
            String userId,
            long completedAt) {
        CaptureEntity row = unmarked(session, mailbox, token, identity, Long.MAX_VALUE);
        row.complete(userId, completedAt);
        return row;
    }

    /** Seals as a login does. */
    public static SealedToken seal(KeycloakSession session, Mailbox mailbox, String token, long capturedAt) {
        return Seal.seal(session, mailbox, token, capturedAt);
    }
}
