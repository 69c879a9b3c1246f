package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.RealmRows;
import java.util.Optional;

/** Checks what waits for a decision of an administrator: links that are gone, deletions, and a reconciliation. */
final class DecisionsCheck {

    private final String realm;
    private final RealmRows rows;
    private final ConnectionRows applications;

    /** @param realm name of the realm */
    DecisionsCheck(RealmRows rows, ConnectionRows applications, String realm) {
        this.realm = NextStep.quoted(realm);
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
                    "Run: kcadm.sh get nylas/links-gone -r " + realm
                            + ". Restore the links, or confirm that they are gone:"
                            + " kcadm.sh create nylas/links-gone/confirm -r " + realm
                            + " -b '{\"provider\": \"<alias>\"}' -o");
        }
        long deletions = rows.deletionsToConfirm();
        if (deletions > 0) {
            findings.problem(
                    FindingCode.DELETIONS_WAIT,
                    null,
                    deletions + " grants are not deleted until an administrator confirms it.",
                    "Run: kcadm.sh get nylas/deletions -r " + realm + ". Restore the links, or confirm the deletions:"
                            + " kcadm.sh create nylas/deletions/confirm -r " + realm
                            + " -b '{\"provider\": \"<alias>\"}' -o");
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
                "Check in the Nylas dashboard whether the grants are lost. Restore them, or confirm the loss:"
                        + " kcadm.sh create 'nylas/reconcile?connection=<name>&confirm=true' -r master -b '{}' -o"));
    }
}
