package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Moves marked captures into the ledger, each in a transaction of its own. */
final class CaptureMerger {

    private static final Logger LOG = Logger.getLogger(CaptureMerger.class);
    private static final int BATCH = 50;

    private final Jobs jobs;
    private final InstantSource clock;
    private final Duration grace;
    private final AtomicBoolean merging = new AtomicBoolean();

    /** @param grace how long a grant that the mailbox gives up is kept at Nylas */
    CaptureMerger(Jobs jobs, InstantSource clock, Duration grace) {
        this.jobs = jobs;
        this.clock = clock;
        this.grace = grace;
    }

    /** Moves everything that is marked, unless another worker of this node is already doing so. */
    void merge() {
        if (!merging.compareAndSet(false, true)) {
            return;
        }
        try {
            Captures.Cursor last = Captures.Cursor.START;
            List<Captures.Cursor> marked;
            do {
                Captures.Cursor after = last;
                marked = jobs.call(session -> Captures.of(session).marked(after, BATCH));
                marked.forEach(this::mergeOne);
                last = marked.isEmpty() ? last : marked.get(marked.size() - 1);
            } while (marked.size() == BATCH);
        } finally {
            merging.set(false);
        }
    }

    private void mergeOne(Captures.Cursor capture) {
        try {
            jobs.run(session -> merge(session, capture.id()));
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "Capture %s is merged at the next look", capture.id());
        }
    }

    private void merge(KeycloakSession session, String captureId) {
        Captures captures = Captures.of(session);
        Ledger ledger = Ledger.of(session);
        captures.find(captureId)
                .filter(capture -> !capture.isSpent())
                .filter(capture -> !ledger.isForeign(capture.mailbox()))
                .filter(captures::take)
                .ifPresent(capture -> merge(ledger, capture));
    }

    private void merge(Ledger ledger, CaptureEntity capture) {
        Mailbox mailbox = capture.mailbox();
        long now = clock.millis();
        GrantEntity row = ledger.find(mailbox).orElseGet(() -> ledger.create(mailbox, capture.userId(), now));
        if (!Transitions.accepts(row, capture.token())) {
            return;
        }
        if (Transitions.isOtherPerson(row, capture.identity())) {
            ledger.letGo(row, DeletionReason.REPLACED, now + grace.toMillis(), now);
        } else if (!row.userId().equals(capture.userId())) {
            ledger.letGo(row, DeletionReason.MOVED, now + grace.toMillis(), now);
        }
        Transitions.merge(row, capture.token(), capture.identity(), capture.userId(), now);
        ledger.index(row);
    }
}
