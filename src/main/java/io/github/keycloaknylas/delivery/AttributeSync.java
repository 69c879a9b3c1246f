package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.attributes.SharedRows;
import io.github.keycloaknylas.attributes.StatusChange;
import io.github.keycloaknylas.attributes.StatusEvents;
import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.monitoring.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * Updates user attributes from the ledger, retries where the user storage failed, and reports each change of a shown
 * status.
 */
final class AttributeSync {

    private static final Logger LOG = Logger.getLogger(AttributeSync.class);
    private static final int BATCH = 50;
    /** Covers a write and clocks that are a minute apart. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final Transactions transactions;
    private final Backoff backoff;
    private final InstantSource clock;
    private final AttributeWriter writer;
    private final StatusEvents events;
    private final AtomicBoolean writing = new AtomicBoolean();

    AttributeSync(
            Transactions transactions,
            Backoff backoff,
            InstantSource clock,
            AttributeWriter writer,
            StatusEvents events) {
        this.transactions = transactions;
        this.backoff = backoff;
        this.clock = clock;
        this.writer = writer;
        this.events = events;
    }

    /** Skipped if another worker is already writing, so that a slow user storage blocks one worker at most. */
    void writeDue() {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        try {
            List<String> due = due();
            // Rows that could not be leased are found again by the next poll, so a batch without progress ends
            // the loop.
            while (due.stream().filter(this::write).count() == BATCH) {
                due = due();
            }
        } finally {
            writing.set(false);
        }
    }

    private List<String> due() {
        return transactions.call(session -> DueRows.of(session).attributesDue(clock.millis(), BATCH));
    }

    /**
     * Writes the attribute now if it is due, unless a worker of any node is writing it.
     *
     * @return whether the row was leased, so that it is not found again at once
     */
    boolean write(String rowId) {
        long now = clock.millis();
        long lease = now + LEASE.toMillis();
        try {
            boolean leased = transactions.call(session -> DueRows.of(session).leaseAttribute(rowId, now, lease));
            if (leased) {
                write(rowId, lease, SharedRows::new);
            }
            return leased;
        } catch (RuntimeException e) {
            LOG.debugf(e, "The attribute for row %s is written at a later look", rowId);
            return false;
        }
    }

    /** Writes the attribute after a handover, whose lease the recorded result has passed on to the attribute. */
    void write(PreparedHandover handover) {
        Lease lease = handover.row().lease();
        try {
            write(
                    lease.id(),
                    lease.until(),
                    session -> SharedRows.of(
                            session,
                            handover.signIn().mailbox(),
                            handover.signIn().userId(),
                            handover.mapper().attribute()));
        } catch (RuntimeException e) {
            LOG.debugf(e, "The attribute for row %s is written at a later look", lease.id());
        }
    }

    /** @param begin reads rows before the leased one */
    private void write(String rowId, long lease, Function<KeycloakSession, SharedRows> begin) {
        List<StatusChange> changes = List.of();
        try {
            changes = transactions.call(session -> {
                SharedRows rows = begin.apply(session);
                return leased(session, rowId, lease)
                        .map(row -> write(session, rows, row))
                        .orElse(List.of());
            });
        } catch (RuntimeException e) {
            LOG.debugf(e, "The attribute for row %s is written later", rowId);
            transactions.retrying(session -> leased(session, rowId, lease).ifPresent(this::postpone));
        }
        changes.forEach(events::send);
    }

    private static Optional<GrantEntity> leased(KeycloakSession session, String rowId, long lease) {
        return Ledger.of(session).byId(rowId).filter(row -> row.isAttributeLeasedUntil(lease));
    }

    private List<StatusChange> write(KeycloakSession session, SharedRows rows, GrantEntity row) {
        Transactions.bind(session, row.mailbox().realmId());
        Optional<List<StatusChange>> changes = writer.write(session, rows, row);
        if (changes.isEmpty()) {
            // An import with override removes the mapper and creates it again; the attribute is written then.
            postpone(row);
        } else if (row.isEmpty()) {
            Ledger.of(session).remove(row);
        }
        return changes.orElse(List.of());
    }

    private void postpone(GrantEntity row) {
        Meters.attributePostponed();
        Transitions.attributePostponed(
                row, clock.millis() + backoff.attribute(row.attributeAttempts()).toMillis());
    }
}
