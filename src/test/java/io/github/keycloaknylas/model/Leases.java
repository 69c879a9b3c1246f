package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.PlayedNode;
import java.util.HashMap;
import java.util.Map;

/** Who has taken which row and when: of one row, one at a time. */
final class Leases {

    private final World world;
    private final Map<String, Long> takenAt = new HashMap<>();

    Leases(World world) {
        this.world = world;
    }

    void taken(String rowId) {
        Long before = takenAt.put(rowId, world.now());
        Violation.unless(
                before == null
                        || world.now()
                                >= before + PlayedNode.LEASE.minus(World.SKEW).toMillis(),
                "Row %s is taken while somebody else has it",
                rowId);
    }

    /** Its answer was recorded. */
    void ended(String rowId) {
        takenAt.remove(rowId);
    }
}
