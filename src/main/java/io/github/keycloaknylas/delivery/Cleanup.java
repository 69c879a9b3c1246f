package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.config.HistorySettings;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.History;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.Outcomes;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/**
 * Removes what is no longer needed: abandoned captures and webhooks, tokens that waited too long, deletions that are
 * done, notices,
 * and history.
 */
final class Cleanup {

    private static final Logger LOG = Logger.getLogger(Cleanup.class);
    private static final int BATCH = 100;
    /** Longer than any response can take to arrive, and than the day over which deletions are counted. */
    private static final Duration DONE_KEPT = Duration.ofDays(3);

    /** Far longer than Nylas repeats a notification. A replay after that leads to one more look, nothing else. */
    private static final Duration NOTICES_KEPT = Duration.ofHours(48);

    private static final int HISTORY_BATCH = 500;
    /** Number of batches in one run at most. */
    private static final int HISTORY_BATCHES = 20;

    private final Transactions transactions;
    private final InstantSource clock;
    private final Duration retention;
    private final ThrottledWarnings warnings;
    private final AbandonedWebhooks webhooks;

    Cleanup(Transactions transactions, InstantSource clock, Duration retention, ThrottledWarnings warnings) {
        this.transactions = transactions;
        this.clock = clock;
        this.retention = retention;
        this.warnings = warnings;
        this.webhooks = new AbandonedWebhooks(transactions, clock);
    }

    /** Runs each step independently, so that a failure of one does not stop the others. */
    void run() {
        long now = clock.millis();
        long outlived = now - retention.toMillis();
        guarded(() -> transactions.run(session -> Captures.of(session).removeAbandoned(now)));
        guarded(() -> transactions.run(session -> Captures.of(session).eraseMarkedBefore(outlived)));
        guarded(() -> transactions.run(session -> Deletions.of(session).removeDone(now - DONE_KEPT.toMillis())));
        guarded(() -> eraseOutlived(outlived));
        guarded(() ->
                transactions.run(session -> Notices.of(session).removeReceivedBefore(now - NOTICES_KEPT.toMillis())));
        guarded(() -> removeHistory(now - HistorySettings.current().kept().toMillis()));
        guarded(webhooks::remove);
    }

    // In batches, so that no transaction gets long: once the retention is lowered, there is much to remove.
    private void removeHistory(long moment) {
        for (int batch = 0; batch < HISTORY_BATCHES; batch++) {
            int removed = transactions.call(session -> History.of(session).removeBefore(moment, HISTORY_BATCH));
            if (removed < HISTORY_BATCH) {
                return;
            }
        }
    }

    private void eraseOutlived(long moment) {
        List<String> ids = transactions.call(session -> DueRows.of(session).tokensOlderThan(moment, BATCH));
        ids.forEach(id -> guarded(() -> eraseOutlived(id, moment)));
    }

    private void eraseOutlived(String rowId, long moment) {
        transactions.run(session -> Ledger.of(session)
                .byId(rowId)
                .filter(row -> row.waitingToken()
                        .filter(token -> token.capturedAt() < moment)
                        .isPresent())
                .filter(row -> !row.isInFlight(clock.millis()))
                .ifPresent(row -> {
                    Outcomes.of(session).outlived(row, clock.millis());
                    RealmModel realm = Transactions.bind(session, row.mailbox().realmId());
                    warnings.warn(
                            realm == null ? row.mailbox().realmId() : realm.getName(),
                            row.mailbox().alias(),
                            "Refresh tokens waited longer than " + retention.toHours()
                                    + " hours and were erased. Their owners get a grant at their next sign-in.");
                }));
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A step of the cleanup is repeated at the next run", e);
        }
    }
}
