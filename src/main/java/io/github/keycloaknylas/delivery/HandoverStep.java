package io.github.keycloaknylas.delivery;

import java.util.Optional;

/** Leases, prepares and performs the next handover. */
final class HandoverStep {

    private final RowLeases leases;
    private final Preparation preparation;
    private final HandoverCall call;
    private final AttributeSync attributes;

    HandoverStep(RowLeases leases, Preparation preparation, HandoverCall call, AttributeSync attributes) {
        this.leases = leases;
        this.preparation = preparation;
        this.call = call;
        this.attributes = attributes;
    }

    /** Returns false if no handover is due. */
    boolean run() throws InterruptedException {
        Optional<LeasedRow> leased = leases.next();
        if (leased.isEmpty()) {
            return false;
        }
        Optional<PreparedHandover> prepared = preparation.prepare(leased.get());
        if (prepared.isPresent()) {
            call.make(prepared.get());
            attributes.write(prepared.get());
        }
        return true;
    }
}
