package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.metrics.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Compares the ledger with Keycloak, a few mailboxes at a time: attributes that somebody changed, links that moved to
 * another user, and links that are missing. A link that is missing without evidence deletes nothing: it is counted and
 * logged for an administrator.
 */
final class LinkSweep {

    private static final Logger LOG = Logger.getLogger(LinkSweep.class);
    /** Once a minute, some 70,000 mailboxes a day on each node. */
    static final int BATCH = 50;

    private final Jobs jobs;
    private final AccountLinks links;
    private final AttributeWriter attributes;
    private final InstantSource clock;
    private final Duration grace;
    private final Duration interval;
    private final Advice advice;
    private String last;
    private long nextAt;

    /** @param last id of the row before the first one; a random one lets nodes that often restart reach every row */
    LinkSweep(
            Jobs jobs,
            AccountLinks links,
            AttributeWriter attributes,
            InstantSource clock,
            Duration grace,
            Duration interval,
            Advice advice,
            String last) {
        this.jobs = jobs;
        this.links = links;
        this.attributes = attributes;
        this.clock = clock;
        this.grace = grace;
        this.interval = interval;
        this.advice = advice;
        this.last = last;
    }

    static String anywhere() {
        return UUID.randomUUID().toString();
    }

    /** Looks at the next few rows, if it is time. */
    void step() {
        long now = clock.millis();
        if (now < nextAt) {
            return;
        }
        nextAt = now + interval.toMillis();
        List<String> ids = jobs.call(session -> DueRows.of(session).idsAfter(last, BATCH));
        last = ids.size() < BATCH ? DueRows.FIRST : ids.get(BATCH - 1);
        realms(ids).values().forEach(this::look);
        Meters.linksGone(jobs.call(session -> Ledger.of(session).countLinksGone()));
    }

    private Map<String, List<String>> realms(List<String> ids) {
        return jobs.call(session -> Ledger.of(session).byIds(ids).stream()
                .filter(row -> row.mailbox().alias() != null)
                .collect(Collectors.groupingBy(
                        row -> row.mailbox().realmId(), Collectors.mapping(GrantEntity::id, Collectors.toList()))));
    }

    private void look(List<String> ids) {
        try {
            jobs.run(session -> {
                List<GrantEntity> rows = Ledger.of(session).byIds(ids);
                if (!rows.isEmpty()) {
                    look(session, rows);
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("Links are looked at again in the next round", e);
        }
    }

    private void look(KeycloakSession session, List<GrantEntity> rows) {
        String realmId = rows.get(0).mailbox().realmId();
        RealmModel realm = Jobs.bind(session, realmId);
        List<AccountLinks.Link> asked = rows.stream()
                .map(row -> new AccountLinks.Link(row.userId(), row.mailbox().alias()))
                .distinct()
                .toList();
        Map<AccountLinks.Link, AccountLinks.Answer> answers = links.read(session, realmId, asked);
        for (GrantEntity row : rows) {
            look(
                    session,
                    realm,
                    row,
                    answers.get(
                            new AccountLinks.Link(row.userId(), row.mailbox().alias())));
        }
    }

    private void look(KeycloakSession session, RealmModel realm, GrantEntity row, AccountLinks.Answer answer) {
        Mailbox mailbox = row.mailbox();
        long now = clock.millis();
        if (!Providers.exists(session, realm, mailbox.alias())) {
            missing(realm, row, now);
        } else if (answer.status() == AccountLinks.Status.LINKED
                && mailbox.subject().equals(answer.subject())) {
            Transitions.linkSeen(row, true, now);
            if (attributes.differs(session, row)) {
                Transitions.attributeDue(row, now);
            }
        } else if (answer.status() != AccountLinks.Status.UNKNOWN && !row.isInFlight(now)) {
            AccountLinks.Owner owner = links.owner(session, mailbox.realmId(), mailbox.alias(), mailbox.subject());
            // Linked to the same user: the link came back between the two questions.
            if (owner.status() == AccountLinks.Status.LINKED && !owner.userId().equals(row.userId())) {
                Ledger.of(session).end(row, DeletionReason.MOVED, now + grace.toMillis(), now);
            } else if (owner.status() == AccountLinks.Status.NOT_LINKED) {
                missing(realm, row, now);
            }
        }
    }

    private void missing(RealmModel realm, GrantEntity row, long now) {
        Transitions.linkSeen(row, false, now);
        advice.warn(
                realm == null ? row.mailbox().realmId() : realm.getName(),
                row.mailbox().alias(),
                "Accounts are no longer linked, but no unlink was seen: their provider, realm or users were replaced, or"
                        + " links were removed in the database. Their grants are kept and billed on. See 'Links that are"
                        + " gone' in docs/delivery.md to list and, if you want to, delete them.");
    }
}
