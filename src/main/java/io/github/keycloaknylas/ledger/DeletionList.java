package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The queued deletions of a realm for administrators. Lives as long as the session it was made from. Times are
 * milliseconds since the epoch.
 */
public final class DeletionList {

    private static final String OPEN = " where d.mailbox.realmId = :realm and d.doneAt is null";

    private final EntityManager em;

    /** @param em whose transaction is used */
    public DeletionList(EntityManager em) {
        this.em = em;
    }

    /** Returns the list for the session's own transaction. */
    public static DeletionList of(KeycloakSession session) {
        return new DeletionList(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Returns the deletions that follow in the order of their keys. */
    public List<DeletionEntity> after(String realmId, String grantHash, int most) {
        return em.createQuery(
                        "select d from DeletionEntity d" + OPEN + " and d.grantHash > :hash order by d.grantHash",
                        DeletionEntity.class)
                .setParameter("realm", realmId)
                .setParameter("hash", grantHash)
                .setMaxResults(most)
                .getResultList();
    }

    /** Returns how many deletions of a realm wait. */
    public long count(String realmId) {
        return em.createQuery("select count(d.grantHash) from DeletionEntity d" + OPEN, Long.class)
                .setParameter("realm", realmId)
                .getSingleResult();
    }

    /**
     * Confirms deletions, so that the limit for a provider does not apply to them. Those within their grace period wait
     * until it is over.
     *
     * @return how many
     */
    public int confirm(Selection selection, long now) {
        return update(
                "d.confirmedAt = :now, d.nextAt = case when d.dueAt <= :now then :now else d.nextAt end",
                selection,
                now);
    }

    /**
     * Makes deletions due now whose grace period is over.
     *
     * @return how many
     */
    public int retry(Selection selection, long now) {
        return update("d.nextAt = case when d.dueAt <= :now then :now else d.nextAt end", selection, now);
    }

    // A worker that holds the lease of a row finds another version, and records its result again.
    private int update(String change, Selection selection, long now) {
        return selection
                .bind(
                        em.createQuery("update DeletionEntity d set " + change + ", d.version = d.version + 1" + OPEN
                                + selection.condition("d", "d.grantHash")),
                        now)
                .executeUpdate();
    }
}
