package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.limits.PreparationLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Leases due rows, lane by lane, so that the backlog of one provider delays no other. Nothing that can hang or fail
 * happens before the lease: settings, vault and links are read after it.
 */
final class RowLeases {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final PreparationLimiter preparations;
    private final InstantSource clock;
    private final LaneWalk walk;
    private final ReentrantLock turn = new ReentrantLock();

    RowLeases(
            Transactions transactions,
            Lanes lanes,
            PreparationLimiter preparations,
            InstantSource clock,
            Duration lease) {
        this.transactions = transactions;
        this.preparations = preparations;
        this.clock = clock;
        this.walk = new LaneWalk(
                transactions, DueRows::of, lane -> lanes.mayServe(lane) && preparations.mayEnter(lane), clock, lease);
    }

    /**
     * Leases the next row. One worker of a node at a time: where the database makes that one wait, the others continue
     * with deletions after a moment.
     */
    Optional<LeasedRow> next() {
        if (!isTurn()) {
            return Optional.empty();
        }
        try {
            return walk.next().map(lease -> new LeasedRow(lease, preparations.enter(lease.lane())));
        } finally {
            turn.unlock();
        }
    }

    private boolean isTurn() {
        try {
            return turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns the lease without an attempt. */
    void giveBack(LeasedRow leased) {
        transactions.retrying(
                session -> leased.in(session).ifPresent(row -> Transitions.givenBack(row, clock.millis())));
    }
}
