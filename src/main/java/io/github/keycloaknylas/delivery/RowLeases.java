package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.keycloak.models.KeycloakSession;

/**
 * Leases due rows, one lane after the other, so that the backlog of one provider delays no other. Nothing that can hang or
 * fail happens before the lease: settings, vault and links are read after it.
 */
final class RowLeases {

    private static final int CANDIDATES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final Lanes lanes;
    private final PreparationLimiter preparations;
    private final InstantSource clock;
    private final Duration lease;
    private final ReentrantLock turn = new ReentrantLock();
    private String lastLane = DueRows.FIRST;

    RowLeases(Jobs jobs, Lanes lanes, PreparationLimiter preparations, InstantSource clock, Duration lease) {
        this.jobs = jobs;
        this.lanes = lanes;
        this.preparations = preparations;
        this.clock = clock;
        this.lease = lease;
    }

    /**
     * Leases the next row. One worker of a node at a time: the others would only try the same rows. Where the database
     * makes that one wait, the others go on with deletions after a moment.
     */
    Optional<LeasedRow> next() {
        if (!isTurn()) {
            return Optional.empty();
        }
        try {
            Optional<Leased> leased = jobs.call(this::next);
            leased.ifPresent(row -> lastLane = row.lane());
            return leased.map(row -> new LeasedRow(row.id(), row.token(), row.lane(), preparations.enter(row.lane())));
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
    void giveBack(LeasedRow row) {
        jobs.retrying(session -> Ledger.of(session)
                .leased(row.rowId(), row.lease())
                .ifPresent(found -> Transitions.givenBack(found, clock.millis())));
    }

    private Optional<Leased> next(KeycloakSession session) {
        DueRows due = DueRows.of(session);
        return between(due, lastLane, null).or(() -> between(due, DueRows.FIRST, lastLane));
    }

    /** @param last lane to look at, or null for all that follow */
    private Optional<Leased> between(DueRows due, String after, String last) {
        Optional<String> lane = due.laneAfter(after);
        while (lane.filter(found -> last == null || found.compareTo(last) <= 0).isPresent()) {
            Optional<Leased> leased = leaseIn(due, lane.get());
            if (leased.isPresent()) {
                return leased;
            }
            lane = due.laneAfter(lane.get());
        }
        return Optional.empty();
    }

    private Optional<Leased> leaseIn(DueRows due, String lane) {
        if (!lanes.mayServe(lane) || !preparations.mayEnter(lane)) {
            return Optional.empty();
        }
        long now = clock.millis();
        return due.dueIn(lane, now, CANDIDATES).stream()
                .flatMap(id ->
                        due.lease(id, now, now + lease.toMillis()).stream().map(token -> new Leased(id, token, lane)))
                .findFirst();
    }

    private record Leased(String id, String token, String lane) {}
}
