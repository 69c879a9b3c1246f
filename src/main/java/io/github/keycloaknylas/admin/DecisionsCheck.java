package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.RealmRows;
import java.util.Optional;

/** Checks what waits for a decision of an administrator: links that are gone, deletions, and a reconciliation. */
final class DecisionsCheck {

    private final RealmRows rows;
    private final ConnectionRows applications;

    DecisionsCheck(RealmRows rows, ConnectionRows applications) {
        this.rows = rows;
        this.applications = applications;
    }

    void ofRealm(Findings findings) {
        long links = rows.linksGone();
        if (links > 0) {
            findings.problem(
                    FindingCode.LINKS_GONE,
                    null,
                    links + " mailboxes are no longer linked to their users, but no unlink was seen.",
                    "List them, restore the links or confirm that they are gone, as docs/delivery.md describes under"
                            + " 'Links that are gone'.");
        }
        long deletions = rows.deletionsToConfirm();
        if (deletions > 0) {
            findings.problem(
                    FindingCode.DELETIONS_WAIT,
                    null,
                    deletions + " grants are not deleted until an administrator confirms it.",
                    "List them, and restore the links or confirm the deletions, as docs/delivery.md describes under"
                            + " 'Too many deletions'.");
        }
    }

    void ofApplication(String alias, GrantConnection application, Findings findings) {
        Optional<ConnectionEntity> stopped = applications
                .find(application.hash())
                .filter(row -> row.alarmAt().isPresent() && !row.isConfirmed());
        stopped.ifPresent(row -> findings.problem(
                FindingCode.RECONCILIATION_WAITS,
                alias,
                "The last reconciliation found so many grants lost at once that it changed nothing.",
                "Check in the Nylas dashboard whether the grants are lost. Then confirm it, or restore them, as"
                        + " docs/delivery.md describes under 'Too many differences'."));
    }
}
