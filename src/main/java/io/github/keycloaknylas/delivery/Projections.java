package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Projector;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.Worklist;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Writes user attributes after the ledger, and again where a user store refused: slow LDAP, read-only, a row lock. */
final class Projections {

    private static final Logger LOG = Logger.getLogger(Projections.class);
    private static final int BATCH = 50;

    /** Covers a write and clocks that are a minute apart. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final Jobs jobs;
    private final Backoff backoff;
    private final InstantSource clock;
    private final AtomicBoolean writing = new AtomicBoolean();

    Projections(Jobs jobs, Backoff backoff, InstantSource clock) {
        this.jobs = jobs;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** Unless another worker of this node is at it: where a user store hangs, only one of them waits for it. */
    void writeDue() {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        try {
            List<String> due = jobs.call(session -> Worklist.of(session).projectionsDue(clock.millis(), BATCH));
            due.forEach(this::write);
        } finally {
            writing.set(false);
        }
    }

    /** Writes the attribute now if it is due, unless another worker of any node is writing it. */
    void write(String rowId) {
        long now = clock.millis();
        long lease = now + LEASE.toMillis();
        try {
            if (jobs.call(session -> Ledger.of(session).leaseProjection(rowId, now, lease))) {
                write(rowId, lease);
            }
        } catch (RuntimeException e) {
            LOG.debugf(e, "The attribute for row %s is written at a later look", rowId);
        }
    }

    private void write(String rowId, long lease) {
        try {
            jobs.run(session -> leased(session, rowId, lease).ifPresent(row -> write(session, row)));
        } catch (RuntimeException e) {
            LOG.debugf(e, "The attribute for row %s is written later", rowId);
            jobs.run(session -> leased(session, rowId, lease).ifPresent(this::postpone));
        }
    }

    private static Optional<GrantEntity> leased(KeycloakSession session, String rowId, long lease) {
        return Ledger.of(session).byId(rowId).filter(row -> row.isProjectionLeasedUntil(lease));
    }

    // An import with override takes the mapper away and puts it back: the attribute is written then.
    private void write(KeycloakSession session, GrantEntity row) {
        Jobs.bind(session, row.mailbox().realmId());
        if (!Projector.project(session, row)) {
            postpone(row);
        }
    }

    private void postpone(GrantEntity row) {
        Transitions.projectionPostponed(
                row, attempts -> clock.millis() + backoff.temporary(attempts).toMillis());
    }
}
