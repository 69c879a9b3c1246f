package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.sweep.EligibilityCheck;
import java.time.InstantSource;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Decides whether a grant may be deleted, under the lease and immediately before the irreversible DELETE request. */
final class DeletionCheck {

    /** Maximum number of marked captures to search; with more, the deletion waits until they are merged. */
    private static final int CAPTURES = 500;

    private static final AccountLinks.Owner NOBODY = new AccountLinks.Owner(AccountLinks.Status.NOT_LINKED, null);

    /** The decision, with the failure class that the row shows while the deletion waits. */
    enum Verdict {
        DELETE(null),
        /** A mailbox holds the grant, so there is nothing to delete any more. */
        CANCEL(null),
        /** A token for this mailbox waits, is being handed over, or was captured: it may restore the grant. */
        WANTED("wanted"),
        /** The account is linked to a user, who gets the grant at the next sign-in. */
        LINKED("linked"),
        /** The user was not eligible, and may be again, or the mapper keeps such grants by now. */
        ELIGIBLE("eligible"),
        /** The user storage is not Keycloak's own, so links cannot be read: an administrator decides. */
        UNREADABLE("links_unreadable"),
        /** Too many deletions of one provider, see {@link DeletionLimit}. */
        CONFIRMATION("confirmation"),
        /** The check itself failed. */
        UNCHECKED("not_checked");

        final String failureClass;

        Verdict(String failureClass) {
            this.failureClass = failureClass;
        }
    }

    private final AccountLinks links;
    private final EligibilityCheck eligibility;
    private final InstantSource clock;

    DeletionCheck(AccountLinks links, EligibilityCheck eligibility, InstantSource clock) {
        this.links = links;
        this.eligibility = eligibility;
        this.clock = clock;
    }

    Verdict of(KeycloakSession session, DeletionEntity deletion) {
        Ledger ledger = Ledger.of(session);
        if (ledger.isShown(deletion.grantHash())) {
            return Verdict.CANCEL;
        }
        // Without the identity provider its mail provider is unknown, so a match under any of them counts as wanted.
        if (MailProviders.installed().all().stream().anyMatch(provider -> isWanted(session, deletion, provider))) {
            return Verdict.WANTED;
        }
        AccountLinks.Owner owner = deletion.isLoss() ? owner(session, ledger, deletion.mailbox()) : NOBODY;
        return switch (owner.status()) {
            case LINKED ->
                deletion.isOfIneligibleUser() ? ofLinkedUser(session, deletion, owner.userId()) : Verdict.LINKED;
            case UNKNOWN -> deletion.isConfirmed() ? Verdict.DELETE : Verdict.UNREADABLE;
            case NOT_LINKED -> unlessTooMany(session, deletion);
        };
    }

    private Verdict ofLinkedUser(KeycloakSession session, DeletionEntity deletion, String userId) {
        String alias = deletion.mailbox().alias();
        RealmModel realm = Transactions.bind(session, deletion.mailbox().realmId());
        return eligibility.losing(session, realm, alias, Set.of(userId)).isEmpty()
                ? Verdict.ELIGIBLE
                : unlessTooMany(session, deletion);
    }

    private Verdict unlessTooMany(KeycloakSession session, DeletionEntity deletion) {
        return DeletionLimit.isExceeded(session, deletion, clock.millis()) ? Verdict.CONFIRMATION : Verdict.DELETE;
    }

    private boolean isWanted(KeycloakSession session, DeletionEntity deletion, MailProvider provider) {
        return Ledger.of(session).isWanted(deletion.identityHashes(provider), clock.millis())
                || Captures.of(session).anyMarkedFits(person -> deletion.fits(person, provider), CAPTURES);
    }

    private AccountLinks.Owner owner(KeycloakSession session, Ledger ledger, Mailbox mailbox) {
        if (mailbox.alias() == null || session.realms().getRealm(mailbox.realmId()) == null) {
            return NOBODY;
        }
        AccountLinks.Owner owner = links.owner(session, mailbox.realmId(), mailbox.alias(), mailbox.subject());
        // A linked user who has another grant by now does not wait for this one.
        return owner.status() == AccountLinks.Status.LINKED && hasGrant(ledger, mailbox, owner.userId())
                ? NOBODY
                : owner;
    }

    private static boolean hasGrant(Ledger ledger, Mailbox mailbox, String userId) {
        return ledger.find(mailbox)
                .filter(row -> row.userId().equals(userId))
                .flatMap(GrantEntity::shownGrant)
                .isPresent();
    }
}
