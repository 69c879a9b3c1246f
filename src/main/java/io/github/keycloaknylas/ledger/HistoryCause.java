package io.github.keycloaknylas.ledger;

import java.util.Locale;

/**
 * Why something happened to a mailbox.
 *
 * @param reason one of a fixed set of words, at most 40 characters; null if the event says everything
 * @param source where it came from
 */
public record HistoryCause(String reason, HistorySource source) {

    /** Creates the cause of a grant that is given up for this reason. */
    static HistoryCause of(DeletionReason reason) {
        return new HistoryCause(
                reason.name().toLowerCase(Locale.ROOT),
                switch (reason) {
                    case UNLINKED, INELIGIBLE -> HistorySource.KEYCLOAK;
                    case REPLACED, MOVED -> HistorySource.SIGN_IN;
                    case DISCONNECTED -> HistorySource.ADMINISTRATOR;
                });
    }

    static HistoryCause of(HistorySource source) {
        return new HistoryCause(null, source);
    }
}
