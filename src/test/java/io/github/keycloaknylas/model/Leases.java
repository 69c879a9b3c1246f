package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.PlayedNode;
import io.github.keycloaknylas.delivery.PlayedNode.Taken;
import java.util.HashMap;
import java.util.Map;

/** Who has taken which row and when: of one row, one at a time. */
final class Leases {

    private final World world;
    private final Map<String, Long> takenAt = new HashMap<>();
    private final Map<Taken, Long> since = new HashMap<>();
    private Taken calling;

    Leases(World world) {
        this.world = world;
    }

    void taken(Taken taken) {
        String rowId = taken.rowId();
        since.put(taken, world.now());
        Long before = takenAt.put(rowId, world.now());
        Violation.unless(
                before == null
                        || world.now()
                                >= before + PlayedNode.LEASE.minus(World.SKEW).toMillis(),
                "Row %s is taken while somebody else has it",
                rowId);
    }

    /** A call begins under this lease. */
    void calls(Taken taken) {
        calling = taken;
    }

    /** Whether the lease of the present call has not ended on any node's clock. */
    boolean isHeld() {
        return calling == null
                || world.now()
                        < since.get(calling)
                                + PlayedNode.LEASE.minus(World.SKEW).toMillis();
    }

    /** Its answer was recorded. */
    void ended(String rowId) {
        takenAt.remove(rowId);
    }
}
