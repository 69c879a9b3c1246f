package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What waits, or may be wrong, in the rows of one realm. Every question is answered by an index, and no answer contains
 * more rows than asked for, so that a large ledger takes no longer than a small one. Reads only.
 */
public final class RealmRows {

    private final EntityManager em;
    private final String realmId;

    /**
     * @param em whose transaction is read in
     * @param realmId ID of the realm
     */
    public RealmRows(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /** Returns the rows of a realm as the session's own transaction reads them. */
    public static RealmRows of(KeycloakSession session, String realmId) {
        return new RealmRows(session.getProvider(JpaConnectionProvider.class).getEntityManager(), realmId);
    }

    /** Returns how many mailboxes have lost their link without an event that explains it. */
    public long linksGone() {
        return em.createQuery(
                        "select count(g.id) from GrantEntity g where g.linkGoneAt > 0 and g.mailbox.realmId = :realm",
                        Long.class)
                .setParameter("realm", realmId)
                .getSingleResult();
    }

    /** Returns how many deletions an administrator has to confirm. */
    public long deletionsToConfirm() {
        // Only deletions that are not done are in a lane. There is one lane for each application.
        Deletions queue = new Deletions(em);
        return Stream.iterate(
                        queue.laneAfter(DueRows.FIRST), Optional::isPresent, lane -> lane.flatMap(queue::laneAfter))
                .flatMap(Optional::stream)
                .mapToLong(this::deletionsToConfirm)
                .sum();
    }

    private long deletionsToConfirm(String lane) {
        return em.createQuery(
                        "select count(d.grantHash) from DeletionEntity d where d.lane = :lane"
                                + " and d.mailbox.realmId = :realm and d.confirmedAt is null"
                                + " and d.failure.failureClass in ('confirmation', 'links_unreadable')",
                        Long.class)
                .setParameter("lane", lane)
                .setParameter("realm", realmId)
                .getSingleResult();
    }

    /**
     * Returns some connected mailboxes of an identity provider.
     *
     * @param most maximum number
     */
    public List<GrantEntity> connected(String alias, int most) {
        return em.createQuery(
                        "select g from GrantEntity g where g.providerHash = :provider and g.state = 'CONNECTED'",
                        GrantEntity.class)
                .setParameter("provider", Mailbox.providerHash(realmId, alias))
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * Returns the mailboxes of the realm among those of the server whose tokens have waited longest.
     *
     * @param most maximum number of the server's mailboxes to look at
     */
    public List<GrantEntity> waitingLongest(int most) {
        return em
                .createQuery(
                        "select g from GrantEntity g where g.handover.state = 'DUE' and g.state in "
                                + GrantState.KNOWN_LITERALS + " order by g.handover.tokenAt",
                        GrantEntity.class)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .filter(row -> realmId.equals(row.mailbox().realmId()))
                .toList();
    }
}
