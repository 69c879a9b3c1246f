package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import java.util.HashMap;
import java.util.Map;

/** Who has leased which deletion and when: of one grant, one at a time. */
final class DeletionLeases {

    private final Simulation simulation;
    private final Map<String, Long> since = new HashMap<>();

    DeletionLeases(Simulation simulation) {
        this.simulation = simulation;
    }

    void leased(FakeNode.Deletion deletion) {
        Long before = since.put(deletion.grantId(), simulation.now());
        Violation.unless(
                before == null
                        || simulation.now()
                                >= before
                                        + FakeNode.LEASE.minus(Simulation.SKEW).toMillis(),
                "The deletion of %s is leased while somebody else has it",
                deletion.grantId());
    }

    /** The call has ended, and its result is recorded. */
    void ended(FakeNode.Deletion deletion) {
        since.remove(deletion.grantId());
    }
}
