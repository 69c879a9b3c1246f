package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.MailProvider;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The store of the grant rows. Lives as long as the session it was made from. Times are milliseconds since the epoch.
 *
 * <p>Workers change rows that {@link #byId}, {@link #find} or {@link #ofUser} returned, and none of them returns a row
 * in a state that this version does not know: such rows are left to the version that wrote them.
 */
public final class Ledger {

    private final EntityManager em;
    private final Holds holds;
    private final Identities identities;
    private final Deletions deletions;
    private final History history;

    /** @param em whose transaction the changes are made in */
    public Ledger(EntityManager em) {
        this.em = em;
        this.holds = new Holds(em);
        this.identities = new Identities(em);
        this.deletions = new Deletions(em);
        this.history = new History(em);
    }

    /** Returns the ledger for the session's own transaction. */
    public static Ledger of(KeycloakSession session) {
        return new Ledger(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Finds the row of a mailbox by an indexed hash. */
    public Optional<GrantEntity> find(Mailbox mailbox) {
        return inAnyState(mailbox).filter(Ledger::isKnown);
    }

    /**
     * Returns whether a newer version of the extension keeps this mailbox in a state that is unknown to this version.
     */
    public boolean isInUnknownState(Mailbox mailbox) {
        return inAnyState(mailbox).filter(GrantEntity::isInUnknownState).isPresent();
    }

    /**
     * Returns whether a newer version of the extension keeps a mailbox of this user in a state that is unknown to
     * this version.
     */
    public boolean hasUnknownState(String realmId, String userId) {
        return anyOfUser(realmId, userId).stream().anyMatch(GrantEntity::isInUnknownState);
    }

    /** Finds the row of a mailbox in any state, only to check whether the state is unknown to this version. */
    public Optional<GrantEntity> inAnyState(Mailbox mailbox) {
        return em.createQuery("select g from GrantEntity g where g.keyHash = :hash", GrantEntity.class)
                .setParameter("hash", mailbox.hash())
                .getResultStream()
                .findFirst();
    }

    private static boolean isKnown(GrantEntity row) {
        return !row.isInUnknownState();
    }

    /** Finds a row by its primary key. */
    public Optional<GrantEntity> byId(String id) {
        return Optional.ofNullable(em.find(GrantEntity.class, id)).filter(Ledger::isKnown);
    }

    /** Finds a row by its primary key, if the lease is still held. */
    public Optional<GrantEntity> leased(String id, String lease) {
        return byId(id).filter(row -> row.isLeasedBy(lease));
    }

    /**
     * Finds a row by its primary key, if the lease is still held. The same statement reads the hold and the deletion of
     * a grant, for {@link #cancelDeletion} and {@link #hold}.
     */
    public Optional<GrantEntity> leased(String id, String lease, ConnectedGrant grant) {
        String hash = grant.hash();
        return em
                .createQuery(
                        "select g, h, d from GrantEntity g left join HoldEntity h on h.grantHash = :hash"
                                + " left join DeletionEntity d on d.grantHash = :hash where g.id = :id",
                        Object[].class)
                .setParameter("hash", hash)
                .setParameter("id", id)
                .getResultList()
                .stream()
                .map(found -> {
                    holds.seen(hash, (HoldEntity) found[1]);
                    deletions.seen(hash, (DeletionEntity) found[2]);
                    return (GrantEntity) found[0];
                })
                .filter(Ledger::isKnown)
                .filter(row -> row.isLeasedBy(lease))
                .findFirst();
    }

    /** Finds rows by their primary keys. */
    public List<GrantEntity> byIds(List<String> ids) {
        return em
                .createQuery("select g from GrantEntity g where g.id in :ids", GrantEntity.class)
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .filter(Ledger::isKnown)
                .toList();
    }

    /** Returns the rows of one user of a realm. */
    public List<GrantEntity> ofUser(String realmId, String userId) {
        return anyOfUser(realmId, userId).stream().filter(Ledger::isKnown).toList();
    }

    private List<GrantEntity> anyOfUser(String realmId, String userId) {
        return em.createQuery("select g from GrantEntity g where g.userHash = :user order by g.id", GrantEntity.class)
                .setParameter("user", UserHash.of(realmId, userId))
                .getResultList();
    }

    /** Creates a row without a grant; the caller has checked that there is none for this mailbox. */
    public GrantEntity create(Mailbox mailbox, String userId, long now) {
        GrantEntity row = new GrantEntity(mailbox, userId, now);
        em.persist(row);
        return row;
    }

    /** Removes a row that {@link GrantEntity#isEmpty is empty}. */
    public void remove(GrantEntity row) {
        identities.remove(row);
        em.remove(row);
    }

    /** Writes now, so that a conflict with another node surfaces here and not at the commit. */
    public void flush() {
        em.flush();
    }

    /** Inserts a new row as it is, or keeps an existing one, and makes its mailbox findable for {@link #isWanted}. */
    public void save(GrantEntity row, MailProvider provider) {
        if (em.contains(row)) {
            identities.index(row, provider);
        } else {
            em.persist(row);
            identities.add(row, provider);
        }
    }

    /**
     * Takes a grant for the user of a row.
     *
     * @param exists whether the realm and the provider of a row still exist
     * @return false if another user holds it
     */
    public boolean hold(GrantEntity row, ConnectedGrant grant, Predicate<GrantEntity> exists, long now) {
        return holds.take(row, grant.hash(), exists, now);
    }

    /**
     * Cancels the deletion of a grant that Nylas has just returned.
     *
     * @return false if the grant is being deleted or has been deleted: its ID must not be recorded
     */
    public boolean cancelDeletion(ConnectedGrant grant, long now) {
        return deletions.cancel(grant.hash(), now);
    }

    /** Queues a grant that the row does not hold. */
    public void queueDeletion(GrantEntity row, ConnectedGrant grant, DeletionReason reason, long dueAt, long now) {
        deletions.queue(row, grant, reason, dueAt, now);
        history.add(row, grant.grantId(), HistoryEvent.RELEASED, HistoryCause.of(reason), now);
    }

    /**
     * Ends a mailbox: its token is erased, its grant is queued for deletion, and the user's attribute is taken back.
     * The row itself is removed once the attribute is written.
     */
    public void end(GrantEntity row, DeletionReason reason, long dueAt, long now) {
        end(row, reason, HistoryCause.of(reason), dueAt, now);
    }

    /**
     * Ends a mailbox as {@link #end(GrantEntity, DeletionReason, long, long)} does.
     *
     * @param cause what the history says of it
     */
    public void end(GrantEntity row, DeletionReason reason, HistoryCause cause, long dueAt, long now) {
        if (row.is(GrantState.ABSENT) && row.handover.isDue()) {
            history.add(row, HistoryEvent.DISCARDED, cause, now);
        }
        releaseGrant(row, reason, cause, dueAt, now);
        // A killed node leaves an expired lease, with which the row would never count as empty.
        row.handover.release(now);
        row.handover.erase();
    }

    /** Gives up the grant of a row, whose token is handed over anew. */
    public void releaseGrant(GrantEntity row, DeletionReason reason, long dueAt, long now) {
        releaseGrant(row, reason, HistoryCause.of(reason), dueAt, now);
    }

    private void releaseGrant(GrantEntity row, DeletionReason reason, HistoryCause cause, long dueAt, long now) {
        if (!row.is(GrantState.ABSENT)) {
            history.add(row, HistoryEvent.RELEASED, cause, now);
        }
        row.ownGrant().ifPresent(grant -> deletions.queue(row, grant, reason, dueAt, now));
        holds.release(row);
        Transitions.withoutGrant(row, now);
    }

    /** Returns whether another mailbox of the server shows this grant. */
    public boolean isShown(String grantHash) {
        return em.createQuery("select g from GrantEntity g where g.grantHash = :hash", GrantEntity.class)
                .setParameter("hash", grantHash)
                .getResultStream()
                .findAny()
                .isPresent();
    }

    /** Returns whether a token waits for a mailbox with one of these hashes, or is being handed over. */
    public boolean isWanted(Set<String> identityHashes, long now) {
        return identities.anyWaits(identityHashes, now);
    }

    /** Returns whether grants of this provider identify their owners by the same IDs as sign-ins do. */
    public boolean answersWithIds(Mailbox mailbox, MailProvider provider) {
        return em.createQuery(
                        "select g from GrantEntity g where g.providerHash = :provider and g.state = 'CONNECTED'",
                        GrantEntity.class)
                .setParameter("provider", mailbox.providerHash())
                .setMaxResults(20)
                .getResultStream()
                .anyMatch(row -> Transitions.isConfirmedById(row, provider));
    }
}
