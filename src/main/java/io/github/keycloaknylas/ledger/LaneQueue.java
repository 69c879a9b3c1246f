package io.github.keycloaknylas.ledger;

import java.util.Optional;
import java.util.stream.Stream;

/** Due rows that workers lease lane by lane. Times are milliseconds since the epoch. */
public interface LaneQueue {

    /** Returns the next lane after this one that has rows, in the order of the hashes. */
    Optional<String> laneAfter(String lane);

    /**
     * Returns the IDs of the due rows of a lane, in the order in which they are to be leased; read as the stream is.
     */
    Stream<String> dueIn(String lane, long now, int most);

    /**
     * Returns the IDs of the due rows of a lane that are leased only while no lane has any in {@link #dueIn}, in the
     * order in which they are to be leased.
     */
    default Stream<String> lastIn(String lane, long now, int most) {
        return Stream.empty();
    }

    /**
     * Leases a row for one call. A single conditional statement, so that losing the race fails no transaction:
     * Hibernate may warn of each failure.
     *
     * @return proof of the lease, or nothing if the row is not due any more or another worker has it
     */
    Optional<String> lease(String id, long now, long until);
}
