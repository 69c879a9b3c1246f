package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The queue of grants to delete at Nylas. Times are milliseconds since the epoch. */
public final class Deletions implements LaneQueue {

    private final EntityManager em;
    private final DueQueue due;
    private final RowLock<DeletionEntity> rows;

    /** @param em whose transaction the changes are made in */
    public Deletions(EntityManager em) {
        this.em = em;
        this.due = new DueQueue(em, "DeletionEntity d", "d.lane", "d.grantHash", "d.nextAt");
        this.rows = new RowLock<>(em, DeletionEntity.class);
    }

    /** Returns the queue for the session's own transaction. */
    public static Deletions of(KeycloakSession session) {
        return new Deletions(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Finds a deletion by the hash of API URL, application and grant ID. */
    public Optional<DeletionEntity> find(String grantHash) {
        return Optional.ofNullable(em.find(DeletionEntity.class, grantHash));
    }

    /** Finds a deletion by the hash of API URL, application and grant ID, if the lease is still held. */
    public Optional<DeletionEntity> leased(String grantHash, String lease) {
        return find(grantHash).filter(deletion -> deletion.isLeasedBy(lease));
    }

    /**
     * Queues the grant that a row holds; the caller removes it from the row.
     *
     * @param dueAt when it may be deleted at the earliest
     */
    void queue(GrantEntity row, ConnectedGrant grant, DeletionReason reason, long dueAt, long now) {
        Optional<DeletionEntity> known = find(grant.hash());
        if (known.isEmpty()) {
            em.persist(new DeletionEntity(row, grant, reason, dueAt, now));
        } else if (!known.get().isLeased(now)) {
            known.get().queue(row, reason, dueAt, now);
        }
    }

    /** @param deletion as another query has just read it; null if none is queued */
    void seen(String grantHash, DeletionEntity deletion) {
        rows.seen(grantHash, deletion);
    }

    /**
     * Cancels the deletion of a grant that Nylas has just returned.
     *
     * @return false if the grant is being deleted or has been deleted: its ID must not be recorded
     */
    boolean cancel(String grantHash, long now) {
        Optional<DeletionEntity> deletion = rows.of(grantHash);
        if (deletion.filter(found -> found.isDone() || found.isLeased(now)).isPresent()) {
            return false;
        }
        deletion.ifPresent(em::remove);
        return true;
    }

    /** Removes a deletion that is no longer needed. */
    public void remove(DeletionEntity deletion) {
        em.remove(deletion);
    }

    /** Returns the next lane. The lane of a deletion is its application. */
    @Override
    public Optional<String> laneAfter(String lane) {
        return due.laneAfter(lane);
    }

    /** Returns due deletions, the longest overdue first. */
    @Override
    public Stream<String> dueIn(String lane, long now, int most) {
        return due.dueIn(lane, "1 = 1", now, most).stream();
    }

    @Override
    public Optional<String> lease(String grantHash, long now, long until) {
        String token = UUID.randomUUID().toString();
        int leased = em.createQuery("update DeletionEntity d set d.leaseToken = :token, d.leaseUntil = :until,"
                        + " d.nextAt = :until, d.version = d.version + 1"
                        + " where d.grantHash = :hash and d.doneAt is null and d.nextAt <= :now"
                        + " and (d.leaseUntil is null or d.leaseUntil <= :now)")
                .setParameter("token", token)
                .setParameter("until", until)
                .setParameter("hash", grantHash)
                .setParameter("now", now)
                .executeUpdate();
        return leased == 1 ? Optional.of(token) : Optional.empty();
    }

    /** Returns how many unconfirmed deletions of a provider, done or not, fall due in a span of time. */
    public long countDue(Mailbox mailbox, long after, long until) {
        return em.createQuery(
                        "select count(d.grantHash) from DeletionEntity d where d.providerHash = :provider"
                                + " and d.dueAt > :after and d.dueAt <= :until and d.confirmedAt is null"
                                + " and d.reason in ('UNLINKED', 'MOVED', 'INELIGIBLE')",
                        Long.class)
                .setParameter("provider", mailbox.providerHash())
                .setParameter("after", after)
                .setParameter("until", until)
                .getSingleResult();
    }

    /** Removes deletions that were done before a moment. */
    public void removeDone(long before) {
        em.createQuery("delete from DeletionEntity d where d.doneAt < :before")
                .setParameter("before", before)
                .executeUpdate();
    }
}
