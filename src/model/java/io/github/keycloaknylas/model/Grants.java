package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Grants at Nylas and who knows of them: one that nobody knows of is billed for ever. */
final class Grants {

    private final Simulation simulation;
    /** When each grant was last seen at a row that holds it. */
    private final Map<String, Long> held = new HashMap<>();

    private final Set<String> answered = new HashSet<>();
    /** The log has named them, for an administrator to see to. */
    private final Set<String> logged = new HashSet<>();

    private String lastAnswer;

    Grants(Simulation simulation) {
        this.simulation = simulation;
    }

    /** An answer names it and is to be recorded. */
    void answered(String grantId, boolean inTime) {
        lastAnswer = grantId;
        if (inTime) {
            answered.add(grantId);
        }
    }

    /** A call has ended: what the row does not take is logged. */
    void recorded(Optional<GrantEntity> row) {
        if (lastAnswer != null && row.filter(found -> found.is(GrantState.HELD)).isPresent()) {
            logged.add(lastAnswer);
        }
        lastAnswer = null;
    }

    void snapshot(Rows.Snapshot snapshot) {
        snapshot.grants().forEach(row -> row.ownGrant().ifPresent(grant -> snapshot(row, grant)));
    }

    private void snapshot(GrantEntity row, ConnectedGrant grant) {
        held.put(grant.grantId(), simulation.now());
        logged.remove(grant.grantId());
    }

    Optional<Long> lastHeld(String grantId) {
        return Optional.ofNullable(held.get(grantId));
    }

    /** A grant may be left alone at Nylas only if its answer was lost, or the log has named it. */
    void checkNoneIsLeft(Rows.Snapshot snapshot) {
        Set<String> inLedger = new HashSet<>();
        snapshot.grants().forEach(row -> row.grant().ifPresent(grant -> inLedger.add(grant.grantId())));
        snapshot.deletions().stream()
                .filter(deletion -> !deletion.isDone())
                .forEach(deletion -> inLedger.add(deletion.grantId()));
        simulation.book().all().stream()
                .filter(grantId -> !inLedger.contains(grantId) && !logged.contains(grantId))
                .forEach(grantId -> {
                    Violation.unless(!held.containsKey(grantId), "%s is left at Nylas, and nobody knows", grantId);
                    Violation.unless(
                            !answered.contains(grantId),
                            "%s is left at Nylas although its answer came in time",
                            grantId);
                });
    }
}
