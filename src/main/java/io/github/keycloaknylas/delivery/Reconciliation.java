package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionGrants;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds the applications whose grants are due for a comparison with Nylas, and runs a pass for each. One node at a time
 * reconciles an application.
 */
final class Reconciliation implements Runnable {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);
    private static final int BATCH = 500;

    private final Transactions transactions;
    private final ReconciliationPass pass;
    private final InstantSource clock;
    private final Intervals intervals;
    private long nextAt;

    /**
     * @param pass between two passes over the grants of an application; zero if there are none
     * @param look between two looks whether an application is due
     * @param lease of an application, extended during a pass; longer than one call can take
     */
    record Intervals(Duration pass, Duration look, Duration lease) {}

    Reconciliation(Transactions transactions, ReconciliationPass pass, InstantSource clock, Intervals intervals) {
        this.transactions = transactions;
        this.pass = pass;
        this.clock = clock;
        this.intervals = intervals;
    }

    /** Reconciles the applications that are due, one after the other, if it is time to look for them. */
    @Override
    public void run() {
        long now = clock.millis();
        if (intervals.pass().isZero() || now < nextAt) {
            return;
        }
        nextAt = now + intervals.look().toMillis();
        try {
            reconcileDue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("Reconciliation is repeated at a later look", e);
        }
    }

    private void reconcileDue() throws InterruptedException {
        while (adopt() == BATCH) {
            LOG.debug("Mailboxes that an earlier version wrote are made findable by their application");
        }
        Optional<String> next = after(DueRows.FIRST);
        while (next.isPresent()) {
            reconcile(next.get());
            next = after(next.get());
        }
        Meters.grantsUnknown(
                transactions.call(session -> ConnectionRows.of(session).countUnknown()));
    }

    private int adopt() {
        return transactions.call(session -> ConnectionGrants.of(session).adopt(BATCH));
    }

    private Optional<String> after(String connectionHash) {
        return transactions.call(session -> ConnectionGrants.of(session).connectionAfter(connectionHash));
    }

    private void reconcile(String connectionHash) throws InterruptedException {
        try {
            Optional<Long> due = transactions.call(session -> nextAt(ConnectionRows.of(session), connectionHash));
            if (due.isEmpty()) {
                transactions.run(
                        session -> add(ConnectionRows.of(session), ConnectionGrants.of(session), connectionHash));
            } else if (due.get() <= clock.millis()) {
                Optional<ReconciliationLease> taken =
                        ReconciliationLease.take(transactions, clock, intervals.lease(), connectionHash);
                if (taken.isPresent()) {
                    pass.run(taken.get());
                }
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("An application is reconciled at a later look", e);
        }
    }

    private static Optional<Long> nextAt(ConnectionRows rows, String connectionHash) {
        return rows.find(connectionHash).map(ConnectionEntity::nextAt);
    }

    private void add(ConnectionRows rows, ConnectionGrants grants, String connectionHash) {
        grants.someOf(connectionHash, 1)
                .forEach(row -> rows.add(
                        row.ownGrant().orElseThrow().connection(),
                        clock.millis() + intervals.pass().toMillis()));
    }
}
