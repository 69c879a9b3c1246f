package io.github.keycloaknylas.sweep;

import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.MailboxCounts;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Compares the ledger with Keycloak, a few mailboxes at a time, from the first row to the last and again. */
public final class LinkSweep {

    private static final Logger LOG = Logger.getLogger(LinkSweep.class);
    /** At one batch a minute, some 70,000 mailboxes a day on each node. */
    public static final int BATCH = 50;

    private final Transactions transactions;
    private final LinkCheck check;
    private final InstantSource clock;
    private final Duration interval;
    private String last;
    private long nextAt;

    /** @param last ID of the row before the first one; a random one lets nodes that restart often reach every row */
    public LinkSweep(Transactions transactions, LinkCheck check, InstantSource clock, Duration interval, String last) {
        this.transactions = transactions;
        this.check = check;
        this.clock = clock;
        this.interval = interval;
        this.last = last;
    }

    /** A place to begin at that differs from start to start. */
    public static String anywhere() {
        return UUID.randomUUID().toString();
    }

    /** Compares the next few rows, if it is time. */
    public void step() {
        long now = clock.millis();
        if (now < nextAt) {
            return;
        }
        nextAt = now + interval.toMillis();
        List<String> ids = transactions.call(session -> DueRows.of(session).idsAfter(last, BATCH));
        last = ids.size() < BATCH ? DueRows.FIRST : ids.get(BATCH - 1);
        realms(ids).values().forEach(this::look);
        Meters.linksGone(transactions.call(session -> MailboxCounts.of(session).countLinksGone()));
    }

    private Map<String, List<String>> realms(List<String> ids) {
        return transactions.call(session -> Ledger.of(session).byIds(ids).stream()
                .filter(row -> row.mailbox().alias() != null)
                .collect(Collectors.groupingBy(
                        row -> row.mailbox().realmId(), Collectors.mapping(GrantEntity::id, Collectors.toList()))));
    }

    private void look(List<String> ids) {
        try {
            transactions.run(session -> {
                List<GrantEntity> rows = Ledger.of(session).byIds(ids);
                if (!rows.isEmpty()) {
                    check.run(session, rows);
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("Links are looked at again in the next round", e);
        }
    }
}
