package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds for a look at a grant, whatever happens while Nylas is asked. */
final class LookRules {

    private final Simulation simulation;
    private final Rows.Snapshot before;
    private Rows.Snapshot answered;

    LookRules(Simulation simulation) {
        this.simulation = simulation;
        this.before = simulation.rows().snapshot();
        this.answered = before;
    }

    /** The answer is about to arrive. */
    void answered() {
        answered = simulation.rows().snapshot();
    }

    void check() {
        Rows.Snapshot after = simulation.rows().snapshot();
        Violation.unless(queued(answered).equals(queued(after)), "A look queues or cancels a deletion");
        answered.grants().stream()
                .filter(row -> row.is(GrantState.HELD) || row.isInUnknownState() || isHandedOverMeanwhile(row))
                .forEach(row -> Violation.unless(
                        isSame(row, after), "%s, which is %s, is changed by a look", row.mailbox(), row.state()));
    }

    private static Set<String> queued(Rows.Snapshot snapshot) {
        return snapshot.deletions().stream()
                .filter(deletion -> !deletion.isDone())
                .map(deletion -> deletion.grantId())
                .collect(Collectors.toSet());
    }

    private boolean isHandedOverMeanwhile(GrantEntity row) {
        return row.ownGrant().isPresent()
                && !Objects.equals(
                        connectedAt(row),
                        before.row(row.id()).map(LookRules::connectedAt).orElse(null));
    }

    private static Long connectedAt(GrantEntity row) {
        return row.ownGrant().map(ConnectedGrant::connectedAt).orElse(null);
    }

    private static boolean isSame(GrantEntity row, Rows.Snapshot after) {
        return after.row(row.id())
                .filter(now -> now.state().equals(row.state()) && now.grant().equals(row.grant()))
                .isPresent();
    }
}
