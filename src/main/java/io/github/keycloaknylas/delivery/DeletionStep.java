package io.github.keycloaknylas.delivery;

import java.util.Optional;

/** Leases and performs the next deletion. */
final class DeletionStep {

    private final DeletionQueue queue;
    private final DeletionCall call;

    DeletionStep(DeletionQueue queue, DeletionCall call) {
        this.queue = queue;
        this.call = call;
    }

    /** Returns false if no deletion is due. */
    boolean run() throws InterruptedException {
        Optional<LeasedDeletion> leased = queue.next();
        if (leased.isPresent()) {
            call.make(leased.get());
        }
        return leased.isPresent();
    }
}
