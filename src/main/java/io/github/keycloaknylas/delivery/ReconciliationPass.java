package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.delivery.ReconciliationSubjects.Subject;
import io.github.keycloaknylas.ledger.GrantCounts;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Compares all grants of one application with Nylas. Each difference is confirmed by asking for the single grant, and
 * nothing is changed if there are too many at once. Answers the notices that had arrived when it began.
 */
final class ReconciliationPass {

    private static final Logger LOG = Logger.getLogger(ReconciliationPass.class);

    private final Transactions transactions;
    private final ReconciliationSubjects subjects;
    private final ReconciliationCalls calls;
    private final ReconciliationSettings settings;
    private final Timing timing;
    private final ThrottledWarnings warnings;

    ReconciliationPass(
            Transactions transactions,
            ReconciliationSubjects subjects,
            ReconciliationCalls calls,
            ReconciliationSettings settings,
            Timing timing,
            ThrottledWarnings warnings) {
        this.transactions = transactions;
        this.subjects = subjects;
        this.calls = calls;
        this.settings = settings;
        this.timing = timing;
        this.warnings = warnings;
    }

    /** Reconciles one application and records how that ended. */
    void run(ReconciliationLease lease) throws InterruptedException {
        try {
            Subject subject = subjects.find(lease.connectionHash())
                    .orElseThrow(() -> PassBrokenOffException.because("connection_missing", now()));
            long listedAt = now();
            PassNotices notices = PassNotices.take(transactions, subject.home(), listedAt);
            GrantListing listing = calls.list(subject, lease);
            GrantComparison comparison = new GrantComparison(transactions, subject.home(), listing, listedAt);
            Differences found = comparison.differences(lease);
            if (found.isAlarming(settings.alarmPercent()) && !lease.isConfirmed()) {
                alarm(lease, subject, found);
            } else {
                settle(lease, subject, found);
                notices.answered(comparison.uncompared(), now());
            }
        } catch (PassBrokenOffException e) {
            LOG.debugf("A pass of the reconciliation broke off: %s", e.getMessage());
            lease.end(row -> row.failed(
                    e.failure(),
                    now()
                            + e.pause()
                                    .orElseGet(() -> timing.backoff().slow(row.attempts()))
                                    .toMillis()));
        }
    }

    private void settle(ReconciliationLease lease, Subject subject, Differences found)
            throws PassBrokenOffException, InterruptedException {
        for (String grantId :
                (Iterable<String>) Stream.concat(found.lost().stream(), found.restored().stream())::iterator) {
            calls.look(subject, grantId, lease);
        }
        lease.end(row -> row.reconciled(new GrantCounts(found.listed(), found.unknown()), next(), now()));
        LOG.infof(
                "NYLAS-1601: Nylas grants, application %s: reconciled. Grants at Nylas: %s, of which no mailbox of this"
                        + " server has %s. Mailboxes compared: %s. Invalid, missing or another mailbox's at Nylas: %s."
                        + " Valid again: %s.",
                subject.home().application(),
                found.listed(),
                found.unknown(),
                found.compared(),
                found.lost().size(),
                found.restored().size());
    }

    private void alarm(ReconciliationLease lease, Subject subject, Differences found) {
        lease.end(row -> row.alarmed(next(), now()));
        warnings.warn(
                subject.realm(),
                subject.alias(),
                "Nylas reports " + found.lost().size() + " of " + found.compared() + " grants of application "
                        + subject.home().application()
                        + " as invalid, missing or another mailbox's at once, so nothing was changed. Check the"
                        + " application in the Nylas dashboard. If this is right, confirm it. See 'Too many differences'"
                        + " in docs/delivery.md.");
    }

    private long next() {
        return now() + settings.interval().toMillis();
    }

    private long now() {
        return timing.clock().millis();
    }
}
