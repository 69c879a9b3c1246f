package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.LaneQueue;
import io.github.keycloaknylas.ledger.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * Leases due rows, one lane after the other, so that a long lane delays no other. Each walk starts behind the lane of
 * the last lease. Rows that come last are leased only if no lane that may be served has another one. One worker at a
 * time: others would only try the same rows.
 */
final class LaneWalk {

    private static final int CANDIDATES = 3;

    private final Transactions transactions;
    private final Function<KeycloakSession, LaneQueue> queue;
    private final Predicate<String> mayServe;
    private final InstantSource clock;
    private final Duration lease;
    private String lastLane = DueRows.FIRST;

    /**
     * @param queue whose rows are leased
     * @param mayServe whether rows of a lane may be leased now
     * @param lease how long a row is leased for
     */
    LaneWalk(
            Transactions transactions,
            Function<KeycloakSession, LaneQueue> queue,
            Predicate<String> mayServe,
            InstantSource clock,
            Duration lease) {
        this.transactions = transactions;
        this.queue = queue;
        this.mayServe = mayServe;
        this.clock = clock;
        this.lease = lease;
    }

    /** Leases the next row. */
    Optional<Lease> next() {
        Optional<Lease> leased = transactions.call(session -> next(queue.apply(session)));
        lastLane = leased.map(Lease::lane).orElse(DueRows.FIRST);
        return leased;
    }

    private interface Candidates {
        Stream<String> in(String lane, long now, int most);
    }

    private Optional<Lease> next(LaneQueue rows) {
        return round(rows, rows::dueIn).or(() -> round(rows, rows::lastIn));
    }

    private Optional<Lease> round(LaneQueue rows, Candidates candidates) {
        Optional<Lease> leased = between(rows, candidates, lastLane, null);
        return leased.isPresent() || lastLane.equals(DueRows.FIRST)
                ? leased
                : between(rows, candidates, DueRows.FIRST, lastLane);
    }

    /** @param last last lane to include, or null for all that follow */
    private Optional<Lease> between(LaneQueue rows, Candidates candidates, String after, String last) {
        Optional<String> lane = rows.laneAfter(after);
        while (lane.filter(found -> last == null || found.compareTo(last) <= 0).isPresent()) {
            Optional<Lease> leased = leaseIn(rows, candidates, lane.get());
            if (leased.isPresent()) {
                return leased;
            }
            lane = rows.laneAfter(lane.get());
        }
        return Optional.empty();
    }

    private Optional<Lease> leaseIn(LaneQueue rows, Candidates candidates, String lane) {
        if (!mayServe.test(lane)) {
            return Optional.empty();
        }
        long now = clock.millis();
        long until = now + lease.toMillis();
        return candidates
                .in(lane, now, CANDIDATES)
                .flatMap(id -> rows.lease(id, now, until).stream().map(token -> new Lease(id, token, lane, until)))
                .findFirst();
    }
}
