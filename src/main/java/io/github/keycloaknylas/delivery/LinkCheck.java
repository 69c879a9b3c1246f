package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Compares mailboxes with Keycloak: attributes that were changed, users who are no longer eligible, links that moved to
 * another user, and missing links.
 * A link that is missing without evidence deletes nothing: it is counted and logged for an administrator.
 */
final class LinkCheck {

    private final AccountLinks links;
    private final EligibilityCheck eligibility;
    private final AttributeWriter attributes;
    private final InstantSource clock;
    private final Duration grace;
    private final ThrottledWarnings warnings;

    LinkCheck(
            AccountLinks links,
            EligibilityCheck eligibility,
            AttributeWriter attributes,
            InstantSource clock,
            Duration grace,
            ThrottledWarnings warnings) {
        this.links = links;
        this.eligibility = eligibility;
        this.attributes = attributes;
        this.clock = clock;
        this.grace = grace;
        this.warnings = warnings;
    }

    /** @param rows of one realm */
    void run(KeycloakSession session, List<GrantEntity> rows) {
        String realmId = rows.get(0).mailbox().realmId();
        RealmModel realm = Transactions.bind(session, realmId);
        List<AccountLinks.Link> asked = rows.stream()
                .map(row -> new AccountLinks.Link(row.userId(), row.mailbox().alias()))
                .distinct()
                .toList();
        Map<AccountLinks.Link, AccountLinks.Answer> answers = links.read(session, realmId, asked);
        Set<GrantEntity> losing = losing(session, realm, rows);
        for (GrantEntity row : rows) {
            AccountLinks.Answer answer = answers.get(
                    new AccountLinks.Link(row.userId(), row.mailbox().alias()));
            if (losing.contains(row) && isLinked(row, answer)) {
                long now = clock.millis();
                Ledger.of(session).end(row, DeletionReason.INELIGIBLE, now, now);
            } else {
                look(session, realm, row, answer);
            }
        }
    }

    // A call whose response was lost may have made a grant: it is repeated first, so that the grant is known.
    private Set<GrantEntity> losing(KeycloakSession session, RealmModel realm, List<GrantEntity> rows) {
        long now = clock.millis();
        Map<String, List<GrantEntity>> byAlias = rows.stream()
                .filter(GrantEntity::hasSomethingToLose)
                .filter(row -> !row.isInFlight(now) && !row.mayHaveAnUnknownGrant())
                .collect(Collectors.groupingBy(row -> row.mailbox().alias()));
        Set<GrantEntity> losing = new HashSet<>();
        byAlias.forEach((alias, ofAlias) -> {
            Set<String> users = eligibility.losing(
                    session,
                    realm,
                    alias,
                    ofAlias.stream().map(GrantEntity::userId).collect(Collectors.toSet()));
            ofAlias.stream().filter(row -> users.contains(row.userId())).forEach(losing::add);
        });
        return losing;
    }

    private static boolean isLinked(GrantEntity row, AccountLinks.Answer answer) {
        return answer.status() == AccountLinks.Status.LINKED
                && row.mailbox().subject().equals(answer.subject());
    }

    private void look(KeycloakSession session, RealmModel realm, GrantEntity row, AccountLinks.Answer answer) {
        Mailbox mailbox = row.mailbox();
        long now = clock.millis();
        if (!IdentityProviders.exists(session, realm, mailbox.alias())) {
            missing(realm, row, now);
        } else if (isLinked(row, answer)) {
            Transitions.linkSeen(row, true, now);
            if (attributes.differs(session, row)) {
                Transitions.attributeDue(row, now);
            }
        } else if (answer.status() != AccountLinks.Status.UNKNOWN && !row.isInFlight(now)) {
            AccountLinks.Owner owner = links.owner(session, mailbox.realmId(), mailbox.alias(), mailbox.subject());
            // Linked to the same user: the link was restored between the two reads.
            if (owner.status() == AccountLinks.Status.LINKED && !owner.userId().equals(row.userId())) {
                Ledger.of(session).end(row, DeletionReason.MOVED, now + grace.toMillis(), now);
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
