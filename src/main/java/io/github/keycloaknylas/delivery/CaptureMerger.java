package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.MailProviders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Moves marked captures into the ledger, each in a transaction of its own. */
final class CaptureMerger {

    private static final Logger LOG = Logger.getLogger(CaptureMerger.class);
    private static final int BATCH = 50;

    private final Transactions transactions;
    private final InstantSource clock;
    private final Duration grace;
    private final AtomicBoolean merging = new AtomicBoolean();

    /** @param grace how long a grant that the mailbox gives up is kept at Nylas */
    CaptureMerger(Transactions transactions, InstantSource clock, Duration grace) {
        this.transactions = transactions;
        this.clock = clock;
        this.grace = grace;
    }

    /** Moves everything that is marked, unless another worker of this node is already doing so. */
    void merge() {
        if (!merging.compareAndSet(false, true)) {
            return;
        }
        try {
            mergeAll();
        } finally {
            merging.set(false);
        }
    }

    /** Begins each round with the newest captures, so that a sign-in does not wait until a backlog is merged. */
    private void mergeAll() {
        Captures.Cursor last = Captures.Cursor.START;
        while (mergeEach(captures -> captures.newestMarked(BATCH)).size() == BATCH) {
            Captures.Cursor after = last;
            List<CaptureEntity> oldest = mergeEach(captures -> captures.marked(after, BATCH));
            if (oldest.isEmpty()) {
                return;
            }
            last = oldest.get(oldest.size() - 1).position();
        }
    }

    private List<CaptureEntity> mergeEach(Function<Captures, List<CaptureEntity>> found) {
        List<CaptureEntity> marked = transactions.call(session -> found.apply(Captures.of(session)));
        marked.forEach(this::mergeOne);
        return marked;
    }

    private void mergeOne(CaptureEntity capture) {
        // A login that was submitted twice may have marked it again.
        if (capture.isSpent()) {
            return;
        }
        try {
            transactions.run(session -> merge(session, capture));
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "Capture %s is merged at the next look", capture.id());
        }
    }

    private void merge(KeycloakSession session, CaptureEntity capture) {
        Ledger ledger = Ledger.of(session);
        Optional<GrantEntity> row = ledger.inAnyState(capture.mailbox());
        if (row.filter(GrantEntity::isInUnknownState).isEmpty()
                && Captures.of(session).take(capture)) {
            merge(session, ledger, row, capture);
        }
    }

    private void merge(KeycloakSession session, Ledger ledger, Optional<GrantEntity> found, CaptureEntity capture) {
        long now = clock.millis();
        GrantEntity row = found.orElseGet(() -> new GrantEntity(capture.mailbox(), capture.userId(), now));
        if (!Transitions.accepts(row, capture.token())) {
            return;
        }
        Transactions.bind(session, capture.mailbox().realmId());
        MailProvider provider =
                MailProviders.installed().of(session, capture.mailbox().alias());
        if (Transitions.isOtherPerson(row, capture.identity(), provider)) {
            ledger.releaseGrant(row, DeletionReason.REPLACED, now + grace.toMillis(), now);
        } else if (!row.userId().equals(capture.userId())) {
            ledger.releaseGrant(row, DeletionReason.MOVED, now + grace.toMillis(), now);
        }
        Transitions.merge(row, capture.token(), capture.identity(), capture.userId(), now);
        ledger.save(row, provider);
    }
}
