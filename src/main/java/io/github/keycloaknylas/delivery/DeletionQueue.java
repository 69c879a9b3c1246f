package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.History;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.nylas.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Leases due deletions, one application after the other, and records their results. */
final class DeletionQueue {

    private static final Logger LOG = Logger.getLogger(DeletionQueue.class);

    private final Transactions transactions;
    private final DeletionCheck check;
    private final InstantSource clock;
    private final LaneWalk walk;

    DeletionQueue(Transactions transactions, DeletionCheck check, InstantSource clock, Duration lease) {
        this.transactions = transactions;
        this.check = check;
        this.clock = clock;
        this.walk = new LaneWalk(transactions, Deletions::of, lane -> true, clock, lease);
    }

    /** Leases the next deletion, then reads how to reach its application. */
    Optional<LeasedDeletion> next() {
        return lease().flatMap(this::read);
    }

    private synchronized Optional<Lease> lease() {
        return walk.next();
    }

    private Optional<LeasedDeletion> read(Lease lease) {
        try {
            return transactions.call(session -> ours(session, lease).map(deletion -> read(session, lease, deletion)));
        } catch (RuntimeException | LinkageError e) {
            postpone(lease, "not_prepared", Duration.ofMinutes(5));
            return Optional.empty();
        }
    }

    private static LeasedDeletion read(KeycloakSession session, Lease lease, DeletionEntity deletion) {
        RealmModel realm = Transactions.bind(session, deletion.mailbox().realmId());
        return new LeasedDeletion(
                lease,
                deletion.grantId(),
                deletion.connection(),
                GrantConnections.candidates(
                        session, deletion.connection(), deletion.mailbox().alias()),
                deletion.attempts(),
                new LeasedDeletion.Provider(
                        realm == null ? deletion.mailbox().realmId() : realm.getName(),
                        deletion.mailbox().alias(),
                        MailProviders.installed().of(session, deletion.mailbox().alias())));
    }

    /** Re-validates a deletion; a cancelled one is removed. */
    DeletionCheck.Verdict verdict(LeasedDeletion leased) {
        try {
            return transactions.call(session -> verdict(session, leased));
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "Grant %s is checked at a later look", leased.grantId());
            return DeletionCheck.Verdict.UNCHECKED;
        }
    }

    private DeletionCheck.Verdict verdict(KeycloakSession session, LeasedDeletion leased) {
        Optional<DeletionEntity> ours = ours(session, leased.lease());
        DeletionCheck.Verdict verdict = ours.map(row -> check.of(session, row)).orElse(DeletionCheck.Verdict.CANCEL);
        if (verdict == DeletionCheck.Verdict.CANCEL) {
            ours.ifPresent(Deletions.of(session)::remove);
        }
        return verdict;
    }

    void done(LeasedDeletion leased) {
        transactions.retrying(session -> ours(session, leased.lease()).ifPresent(deletion -> {
            long now = clock.millis();
            deletion.done(now);
            History.of(session).deleted(deletion, now);
        }));
    }

    void failed(LeasedDeletion leased, Failure failure, Duration wait) {
        change(
                leased.lease(),
                (deletion, now) -> deletion.failed(Failures.recorded(failure, now), now + wait.toMillis()));
    }

    /** Returns the lease; the deletion waits for something other than a call. */
    void postpone(LeasedDeletion leased, String failureClass, Duration wait) {
        postpone(leased.lease(), failureClass, wait);
    }

    private void postpone(Lease lease, String failureClass, Duration wait) {
        change(lease, (deletion, now) -> deletion.postpone(LastFailure.of(failureClass, now), now + wait.toMillis()));
    }

    private void change(Lease lease, BiConsumer<DeletionEntity, Long> change) {
        transactions.retrying(
                session -> ours(session, lease).ifPresent(deletion -> change.accept(deletion, clock.millis())));
    }

    private static Optional<DeletionEntity> ours(KeycloakSession session, Lease lease) {
        return Deletions.of(session).leased(lease.id(), lease.token());
    }
}
