package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.capture.SealException;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.RealmRows;
import io.github.keycloaknylas.ledger.SealedToken;
import java.util.HashSet;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Checks whether the tokens that wait can be opened: one of each seal key, among those that have waited longest. */
final class SealCheck {

    static final int SAMPLE = 200;

    private final KeycloakSession session;
    private final RealmRows rows;

    /** @param session bound to the realm */
    SealCheck(KeycloakSession session, RealmRows rows) {
        this.session = session;
        this.rows = rows;
    }

    void run(Findings findings) {
        Set<String> opened = new HashSet<>();
        for (GrantEntity row : rows.waitingLongest(SAMPLE)) {
            row.waitingToken()
                    .filter(token -> opened.add(token.keyId()))
                    .ifPresent(token -> open(row, token, findings));
        }
    }

    private void open(GrantEntity row, SealedToken token, Findings findings) {
        try {
            Seal.open(session, row.mailbox(), token);
        } catch (SealException e) {
            findings.problemFrom(
                    FindingCode.SEAL_KEY_GONE,
                    null,
                    e.getMessage(),
                    "Put the key back that had this ID: the server option spi-nylas-seal-key--<id>--secret, or the"
                            + " AES key of the realm. Then restart.");
        }
    }
}
