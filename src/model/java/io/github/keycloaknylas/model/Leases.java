package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import java.util.HashMap;
import java.util.Map;

/** Who has leased which row and when: of one row, one at a time. */
final class Leases {

    private final Simulation simulation;
    private final Map<String, FakeNode.Leased> holders = new HashMap<>();
    private final Map<FakeNode.Leased, Long> since = new HashMap<>();
    private FakeNode.Leased calling;

    Leases(Simulation simulation) {
        this.simulation = simulation;
    }

    void leased(FakeNode.Leased lease) {
        since.put(lease, simulation.now());
        FakeNode.Leased before = holders.put(lease.rowId(), lease);
        Violation.unless(before == null || !isOn(before), "Row %s is leased while somebody else has it", lease.rowId());
    }

    /** A row was put back before any call. */
    void returned(FakeNode.Leased lease) {
        holders.remove(lease.rowId(), lease);
    }

    /** A call begins under this lease. */
    void calls(FakeNode.Leased lease) {
        calling = lease;
    }

    /** Whether the lease of the present call has not ended on any node's clock. */
    boolean isHeld() {
        return calling == null || isOn(calling);
    }

    /** The present call has ended: its row is free again, unless somebody else has leased it meanwhile. */
    void ended(boolean inFlight) {
        String rowId = calling.rowId();
        FakeNode.Leased holder = holders.get(rowId);
        if (calling.equals(holder)) {
            Violation.unless(!isOn(holder) || !inFlight, "Row %s is still leased", rowId);
            holders.remove(rowId);
        } else if (holder != null && isOn(holder)) {
            Violation.unless(inFlight, "An answer that was too late has taken row %s from somebody else", rowId);
        }
        calling = null;
    }

    /** The worker crashed in its call: its lease goes on. */
    void orphaned() {
        calling = null;
    }

    private boolean isOn(FakeNode.Leased lease) {
        return simulation.now()
                < since.get(lease) + FakeNode.LEASE.minus(Simulation.SKEW).toMillis();
    }
}
