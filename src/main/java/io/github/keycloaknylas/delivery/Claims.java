package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.Worklist;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** Takes the next due row: compare-and-set of its lease, without a lock that anybody could wait for. */
final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);
    private static final int CANDIDATES = 20;

    private final Jobs jobs;
    private final Gates gates;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Claiming claiming;
    private final ReentrantLock turn = new ReentrantLock();

    Claims(Jobs jobs, Gates gates, Backoff backoff, InstantSource clock, Duration lease) {
        this.jobs = jobs;
        this.gates = gates;
        this.backoff = backoff;
        this.clock = clock;
        this.claiming = new Claiming(gates, backoff, clock, lease);
    }

    /**
     * The next row to hand over, or nothing if none is due on this node. One worker of a node at a time: the others would
     * only go for the same rows, and Hibernate warns of each race that is lost.
     */
    Optional<Claim> next() {
        turn.lock();
        try {
            return firstClaimable();
        } finally {
            turn.unlock();
        }
    }

    private Optional<Claim> firstClaimable() {
        Set<String> tried = new HashSet<>();
        List<String> candidates = untried(tried);
        while (!candidates.isEmpty()) {
            Optional<Claim> claim = candidates.stream()
                    .map(this::attempt)
                    .flatMap(Optional::stream)
                    .findFirst();
            if (claim.isPresent()) {
                return claim;
            }
            tried.addAll(candidates);
            candidates = untried(tried);
        }
        return Optional.empty();
    }

    /** Gives a row back that nobody called for. */
    void giveBack(Claim claim) {
        jobs.run(session -> Ledger.of(session)
                .byId(claim.rowId())
                .filter(row -> row.isLeasedBy(claim.lease()))
                .ifPresent(Transitions::givenBack));
    }

    // Rows that have to wait are due later from now on: those behind them come up at the next look.
    private List<String> untried(Set<String> tried) {
        return jobs.call(session -> Worklist.of(session).due(clock.millis(), gates.blocked(), CANDIDATES)).stream()
                .filter(id -> !tried.contains(id))
                .toList();
    }

    private Optional<Claim> attempt(String rowId) {
        try {
            return jobs.call(session -> claiming.claim(session, rowId));
        } catch (RuntimeException e) {
            LOG.debugf(
                    e,
                    "Row %s was not claimed: another node was faster, or a user store or the database failed",
                    rowId);
            standBack(rowId);
            return Optional.empty();
        }
    }

    // A row that cannot be claimed must not come first at every look: those behind it would never be reached.
    private void standBack(String rowId) {
        long now = clock.millis();
        try {
            jobs.run(session -> Ledger.of(session)
                    .byId(rowId)
                    .filter(row -> row.isHandoverDue() && !row.isInFlight(now))
                    .ifPresent(row -> Transitions.postponed(
                            row,
                            LastFailure.of("not_claimed", now),
                            now + backoff.temporary(row.attempts()).toMillis())));
        } catch (RuntimeException e) {
            LOG.debugf(e, "Row %s is looked at again at the next look", rowId);
        }
    }
}
