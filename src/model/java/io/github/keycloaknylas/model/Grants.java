package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import java.util.HashSet;
import java.util.Set;

/** Grants at Nylas and who knows of them: one that nobody knows of is billed for ever. */
final class Grants {

    private final World world;
    /** Were in the ledger once. */
    private final Set<String> known = new HashSet<>();

    private final Set<String> answered = new HashSet<>();
    /** The log has named them, for an administrator to see to. */
    private final Set<String> told = new HashSet<>();

    Grants(World world) {
        this.world = world;
    }

    /** An answer names it and is recorded, since the lease has not ended. */
    void answered(String grantId, Token token) {
        answered.add(grantId);
        if (!token.mailbox().equals(token.account().name())) {
            told.add(grantId);
        }
    }

    void look(Rows.Look look) {
        look.grants().forEach(row -> row.grant().ifPresent(grant -> look(row, grant)));
    }

    private void look(GrantEntity row, ConnectedGrant grant) {
        known.add(grant.grantId());
        if (row.shownGrant().isPresent()) {
            told.remove(grant.grantId());
        } else if (row.is(GrantState.HELD)) {
            told.add(grant.grantId());
        }
    }

    /** Of a connection that is gone, the log names the grants that it leaves behind. */
    void leaverLooks() {
        world.rows().look().grants().stream()
                .filter(row -> row.is(GrantState.LEAVING))
                .filter(row -> !world.provider(row.mailbox().realmId()).hasMapper())
                .forEach(row -> row.grant().ifPresent(grant -> told.add(grant.grantId())));
    }

    /** A grant may be left alone at Nylas only if its answer was lost, or the log has named it. */
    void checkNoneIsLeft(Rows.Look look) {
        Set<String> inLedger = new HashSet<>();
        look.grants().forEach(row -> row.grant().ifPresent(grant -> inLedger.add(grant.grantId())));
        world.nylas().grants().stream()
                .filter(grantId -> !inLedger.contains(grantId) && !told.contains(grantId))
                .forEach(grantId -> {
                    Violation.unless(!known.contains(grantId), "%s is left at Nylas, and nobody knows", grantId);
                    Violation.unless(
                            !answered.contains(grantId),
                            "%s is left at Nylas although its answer came in time",
                            grantId);
                });
    }
}
