package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.LastFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Leases due deletions, application by application, and records what became of them. */
final class DeletionQueue {

    private static final Logger LOG = Logger.getLogger(DeletionQueue.class);
    private static final int CANDIDATES = 3;

    private record Leased(String grantHash, String lease, String lane) {}

    private final Jobs jobs;
    private final DeletionCheck check;
    private final InstantSource clock;
    private final Duration lease;
    private String lastLane = DueRows.FIRST;

    DeletionQueue(Jobs jobs, DeletionCheck check, InstantSource clock, Duration lease) {
        this.jobs = jobs;
        this.check = check;
        this.clock = clock;
        this.lease = lease;
    }

    /** Leases the next deletion, and reads after that how its application is reached. */
    Optional<LeasedDeletion> next() {
        return lease().flatMap(this::read);
    }

    private synchronized Optional<Leased> lease() {
        Optional<Leased> leased = jobs.call(session -> {
            Deletions deletions = Deletions.of(session);
            return between(deletions, lastLane, null).or(() -> between(deletions, DueRows.FIRST, lastLane));
        });
        leased.ifPresent(row -> lastLane = row.lane());
        return leased;
    }

    private Optional<Leased> between(Deletions deletions, String after, String last) {
        Optional<String> lane = deletions.laneAfter(after);
        while (lane.filter(found -> last == null || found.compareTo(last) <= 0).isPresent()) {
            String current = lane.get();
            long now = clock.millis();
            Optional<Leased> leased = deletions.dueIn(current, now, CANDIDATES).stream()
                    .flatMap(hash -> deletions.lease(hash, now, now + lease.toMillis()).stream()
                            .map(token -> new Leased(hash, token, current)))
                    .findFirst();
            if (leased.isPresent()) {
                return leased;
            }
            lane = deletions.laneAfter(current);
        }
        return Optional.empty();
    }

    private Optional<LeasedDeletion> read(Leased leased) {
        try {
            return jobs.call(session ->
                    ours(session, leased.grantHash(), leased.lease()).map(deletion -> read(session, leased, deletion)));
        } catch (RuntimeException | LinkageError e) {
            postpone(leased.grantHash(), leased.lease(), "not_prepared", Duration.ofMinutes(5));
            return Optional.empty();
        }
    }

    private static LeasedDeletion read(KeycloakSession session, Leased leased, DeletionEntity deletion) {
        RealmModel realm = Jobs.bind(session, deletion.mailbox().realmId());
        return new LeasedDeletion(
                leased.grantHash(),
                leased.lease(),
                deletion.grantId(),
                deletion.connection(),
                connections(session, deletion),
                deletion.attempts(),
                realm == null ? deletion.mailbox().realmId() : realm.getName(),
                deletion.mailbox().alias());
    }

    // Which application their keys belong to is not known here.
    private static List<Connection> connections(KeycloakSession session, DeletionEntity deletion) {
        GrantConnection home = deletion.connection();
        Optional<Connection> made = Connections.ofGrant(session, home.name(), home.apiUrl(), home.keyReference());
        String alias = deletion.mailbox().alias();
        Optional<Connection> current = session.getContext().getRealm() == null || alias == null
                ? Optional.empty()
                : Connections.ofProvider(session, alias);
        return Stream.of(made, current)
                .flatMap(Optional::stream)
                .filter(connection -> connection.settings().apiUrl().toString().equals(home.apiUrl()))
                .toList();
    }

    /** Re-validates a deletion; a cancelled one is removed. */
    DeletionCheck.Verdict verdict(LeasedDeletion leased) {
        try {
            return jobs.call(session -> verdict(session, leased));
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "Grant %s is checked at a later look", leased.grantId());
            return DeletionCheck.Verdict.UNCHECKED;
        }
    }

    private DeletionCheck.Verdict verdict(KeycloakSession session, LeasedDeletion leased) {
        Optional<DeletionEntity> ours = ours(session, leased.grantHash(), leased.lease());
        DeletionCheck.Verdict verdict = ours.map(row -> check.of(session, row)).orElse(DeletionCheck.Verdict.CANCEL);
        if (verdict == DeletionCheck.Verdict.CANCEL) {
            ours.ifPresent(Deletions.of(session)::remove);
        }
        return verdict;
    }

    void done(LeasedDeletion leased) {
        change(leased.grantHash(), leased.lease(), (deletion, now) -> deletion.done(now));
    }

    void failed(LeasedDeletion leased, LastFailure failure, Duration wait) {
        change(leased.grantHash(), leased.lease(), (deletion, now) -> deletion.failed(failure, now + wait.toMillis()));
    }

    /** Returns the lease; the deletion waits for something other than a call. */
    void postpone(LeasedDeletion leased, String failureClass, Duration wait) {
        postpone(leased.grantHash(), leased.lease(), failureClass, wait);
    }

    private void postpone(String grantHash, String lease, String failureClass, Duration wait) {
        change(
                grantHash,
                lease,
                (deletion, now) -> deletion.postpone(LastFailure.of(failureClass, now), now + wait.toMillis()));
    }

    private void change(String grantHash, String lease, BiConsumer<DeletionEntity, Long> change) {
        jobs.retrying(session ->
                ours(session, grantHash, lease).ifPresent(deletion -> change.accept(deletion, clock.millis())));
    }

    private static Optional<DeletionEntity> ours(KeycloakSession session, String grantHash, String lease) {
        return Deletions.of(session).find(grantHash).filter(deletion -> deletion.isLeasedBy(lease));
    }
}
