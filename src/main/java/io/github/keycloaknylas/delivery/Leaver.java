package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.delivery.Removals.Removal;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Deletion;
import io.github.keycloaknylas.nylas.NylasClient;
import org.jboss.logging.Logger;

/**
 * Deletes the grants of accounts that are gone, after the grace: deletion is final, and every grant is billed. A grant
 * that anybody else holds, or may be about to get, is left alone.
 */
final class Leaver {

    private static final Logger LOG = Logger.getLogger(Leaver.class);

    private final Removals removals;
    private final NylasClient nylas;
    private final Pace pace;

    Leaver(Removals removals, NylasClient nylas, Pace pace) {
        this.removals = removals;
        this.nylas = nylas;
        this.pace = pace;
    }

    void deleteDue() {
        for (String rowId : removals.due()) {
            if (pace.isStopped()) {
                return;
            }
            deleteOne(rowId);
        }
    }

    private void deleteOne(String rowId) {
        try {
            removals.take(rowId)
                    .filter(this::hasItsTurn)
                    .filter(removals::isStillOurs)
                    .ifPresent(this::delete);
        } catch (RuntimeException e) {
            LOG.debugf(e, "Row %s is looked at again later", rowId);
        }
    }

    // Waits before the last look, so that nothing but the call comes after it.
    private boolean hasItsTurn(Removal removal) {
        boolean turn = false;
        try {
            turn = pace.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!turn) {
            removals.giveBack(removal);
        }
        return turn;
    }

    private void delete(Removal removal) {
        Answer<Deletion> answer = nylas.deleteGrant(removal.target(), removal.grantId());
        removals.record(removal, answer instanceof Answer.Done<Deletion>);
    }
}
