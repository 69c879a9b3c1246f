package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Projector;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.Worklist;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Writes user attributes after the ledger, and again where a user store refused: slow LDAP, read-only, a row lock. */
final class Projections {

    private static final Logger LOG = Logger.getLogger(Projections.class);
    private static final int BATCH = 50;

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

    void write(String rowId) {
        try {
            jobs.run(session -> Ledger.of(session)
                    .byId(rowId)
                    .filter(GrantEntity::isProjectionDue)
                    .ifPresent(row -> write(session, row)));
        } catch (RuntimeException e) {
            LOG.debugf(e, "The attribute for row %s is written later", rowId);
            postpone(rowId);
        }
    }

    // An import with override takes the mapper away and puts it back: the attribute is written then.
    private void write(KeycloakSession session, GrantEntity row) {
        Jobs.bind(session, row.mailbox().realmId());
        if (!Projector.project(session, row)) {
            postpone(row);
        }
    }

    private void postpone(String rowId) {
        try {
            jobs.run(session -> Ledger.of(session).byId(rowId).ifPresent(this::postpone));
        } catch (RuntimeException e) {
            LOG.debugf(e, "The attribute for row %s is written at the next look", rowId);
        }
    }

    private void postpone(GrantEntity row) {
        Transitions.projectionPostponed(
                row, attempts -> clock.millis() + backoff.temporary(attempts).toMillis());
    }
}
