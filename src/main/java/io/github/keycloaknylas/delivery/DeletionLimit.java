package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.MailboxCounts;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/**
 * Second line of defence against mass deletions: if more than twenty and more than 5 % of a provider's connected
 * mailboxes fall due for deletion within a day, its deletions stop until an administrator confirms them.
 */
final class DeletionLimit {

    static final int MOST = 20;
    private static final int ONE_IN = 20;
    private static final Duration DAY = Duration.ofDays(1);

    private DeletionLimit() {}

    static boolean isExceeded(KeycloakSession session, DeletionEntity deletion, long now) {
        Mailbox mailbox = deletion.mailbox();
        if (deletion.isConfirmed() || mailbox.alias() == null || !deletion.isLoss()) {
            return false;
        }
        Deletions deletions = Deletions.of(session);
        long day = DAY.toMillis();
        long lost = Math.max(deletions.countDue(mailbox, now - day, now), deletions.countDue(mailbox, now, now + day));
        // More than 5 % of what was connected before, that is, of what is still connected and what was lost.
        return lost > MOST && MailboxCounts.of(session).countConnected(mailbox) < lost * (ONE_IN - 1);
    }
}
