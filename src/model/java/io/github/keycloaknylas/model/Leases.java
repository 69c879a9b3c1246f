package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.PlayedNode;
import io.github.keycloaknylas.delivery.PlayedNode.Taken;
import java.util.HashMap;
import java.util.Map;

/** Who has taken which row and when: of one row, one at a time. */
final class Leases {

    private final World world;
    private final Map<String, Taken> holders = new HashMap<>();
    private final Map<Taken, Long> since = new HashMap<>();
    private Taken calling;

    Leases(World world) {
        this.world = world;
    }

    void taken(Taken taken) {
        since.put(taken, world.now());
        Taken before = holders.put(taken.rowId(), taken);
        Violation.unless(before == null || !isOn(before), "Row %s is taken while somebody else has it", taken.rowId());
    }

    /** A call begins under this lease. */
    void calls(Taken taken) {
        calling = taken;
    }

    /** Whether the lease of the present call has not ended on any node's clock. */
    boolean isHeld() {
        return calling == null || isOn(calling);
    }

    /** The present call has ended: its row is free again, unless somebody else has taken it meanwhile. */
    void ended(boolean inFlight) {
        String rowId = calling.rowId();
        Taken holder = holders.get(rowId);
        if (calling.equals(holder)) {
            Violation.unless(!isOn(holder) || !inFlight, "Row %s is still taken", rowId);
            holders.remove(rowId);
        } else if (holder != null && isOn(holder)) {
            Violation.unless(inFlight, "An answer that was too late has taken row %s from somebody else", rowId);
        }
        calling = null;
    }

    /** The worker died in its call: its lease goes on. */
    void orphaned() {
        calling = null;
    }

    private boolean isOn(Taken taken) {
        return world.now()
                < since.get(taken) + PlayedNode.LEASE.minus(World.SKEW).toMillis();
    }
}
