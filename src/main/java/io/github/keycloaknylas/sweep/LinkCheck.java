package io.github.keycloaknylas.sweep;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.HistoryCause;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Compares mailboxes with Keycloak: attributes that were changed, users who are no longer eligible, links that moved to
 * another user, and missing links.
 * A link that is missing without evidence deletes nothing: it is counted and logged for an administrator.
 */
public final class LinkCheck {

    private static final HistoryCause MOVED = new HistoryCause("moved", HistorySource.KEYCLOAK);

    private final AccountLinks links;
    private final IneligibleMailboxes ineligible;
    private final AttributeWriter attributes;
    private final InstantSource clock;
    private final Duration grace;
    private final ThrottledWarnings warnings;

    /**
     * @param grace time from the end of a link to the deletion of its grant
     * @param warnings about links that are gone without evidence
     */
    public LinkCheck(
            AccountLinks links,
            IneligibleMailboxes ineligible,
            AttributeWriter attributes,
            InstantSource clock,
            Duration grace,
            ThrottledWarnings warnings) {
        this.links = links;
        this.ineligible = ineligible;
        this.attributes = attributes;
        this.clock = clock;
        this.grace = grace;
        this.warnings = warnings;
    }

    /** @param rows of one realm */
    void run(KeycloakSession session, List<GrantEntity> rows) {
        RealmModel realm = Transactions.bind(session, rows.get(0).mailbox().realmId());
        LinkAnswers answers = LinkAnswers.read(links, session, rows);
        Set<GrantEntity> ended = ineligible.end(session, realm, rows, answers);
        for (GrantEntity row : rows) {
            if (!ended.contains(row)) {
                look(session, realm, row, answers);
            }
        }
    }

    private void look(KeycloakSession session, RealmModel realm, GrantEntity row, LinkAnswers answers) {
        Mailbox mailbox = row.mailbox();
        long now = clock.millis();
        if (!IdentityProviders.exists(session, realm, mailbox.alias())) {
            missing(realm, row, now);
        } else if (answers.isLinked(row)) {
            Transitions.linkSeen(row, true, now);
            if (attributes.differs(session, row)) {
                Transitions.attributeDue(row, now);
            }
        } else if (answers.isKnown(row) && !row.isInFlight(now)) {
            AccountLinks.Owner owner = links.owner(session, mailbox.realmId(), mailbox.alias(), mailbox.subject());
            // Linked to the same user: the link was restored between the two reads.
            if (owner.status() == AccountLinks.Status.LINKED && !owner.userId().equals(row.userId())) {
                Ledger.of(session).end(row, DeletionReason.MOVED, MOVED, now + grace.toMillis(), now);
            } else if (owner.status() == AccountLinks.Status.NOT_LINKED) {
                missing(realm, row, now);
            }
        }
    }

    private void missing(RealmModel realm, GrantEntity row, long now) {
        Transitions.linkSeen(row, false, now);
        warnings.warn(
                realm == null ? row.mailbox().realmId() : realm.getName(),
                row.mailbox().alias(),
                "Accounts are no longer linked, but no unlink was seen: their provider, realm or users were replaced,"
                        + " or links were removed in the database. Their grants are kept and billed on. See 'Links that"
                        + " are gone' in docs/delivery.md to list and, if you want to, delete them.");
    }
}
