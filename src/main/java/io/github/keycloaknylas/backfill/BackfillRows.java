package io.github.keycloaknylas.backfill;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The store of the runs. Lives as long as the session it was made from. Times are milliseconds since the epoch. */
public final class BackfillRows {

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public BackfillRows(EntityManager em) {
        this.em = em;
    }

    /** Returns the runs as the session's own transaction reads them. */
    public static BackfillRows of(KeycloakSession session) {
        return new BackfillRows(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Finds the last run over an identity provider. */
    public Optional<BackfillEntity> find(String realmId, String alias) {
        return find(BackfillEntity.hash(realmId, alias));
    }

    Optional<BackfillEntity> find(String hash) {
        return Optional.ofNullable(em.find(BackfillEntity.class, hash));
    }

    /**
     * Starts a run, in place of one that has ended. Fails with the transaction if another administrator does so at the
     * same moment.
     *
     * @param links number of links of the identity provider
     * @return false if one is running, or is in a state that this version does not know
     */
    boolean start(BackfillOrder order, long links, long now) {
        Optional<BackfillEntity> last = find(order.realmId(), order.alias());
        if (last.filter(run -> run.isRunning() || run.state().isEmpty()).isPresent()) {
            return false;
        }
        BackfillEntity run = last.orElseGet(() -> new BackfillEntity(order));
        run.start(order, links, now);
        if (last.isEmpty()) {
            em.persist(run);
        }
        em.flush();
        return true;
    }

    /** Returns the runs that have links left to look at. */
    List<String> running() {
        return em.createQuery(
                        "select b.hash from BackfillEntity b where b.state = 'RUNNING' order by b.hash", String.class)
                .getResultList();
    }

    /**
     * Leases a run, or extends the lease. The row stays locked until the end of the transaction, so that nothing else
     * can end the run in between.
     *
     * @param token of the node
     * @return false if the run has ended or another node has it
     */
    boolean lease(String hash, String token, long now, long until) {
        return em.createQuery("update BackfillEntity b set b.leaseToken = :token, b.leaseUntil = :until,"
                                + " b.version = b.version + 1 where b.hash = :hash and b.state = 'RUNNING'"
                                + " and (b.leaseToken is null or b.leaseToken = :token or b.leaseUntil <= :now)")
                        .setParameter("token", token)
                        .setParameter("until", until)
                        .setParameter("hash", hash)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** Returns all leases of a node that stops, so that another one continues at once. */
    void release(String token) {
        em.createQuery("update BackfillEntity b set b.leaseToken = null, b.leaseUntil = null,"
                        + " b.version = b.version + 1 where b.leaseToken = :token")
                .setParameter("token", token)
                .executeUpdate();
    }

    /**
     * Cancels a run. Waits for a page that is being written.
     *
     * @return false if there is none
     */
    public boolean cancel(String realmId, String alias, long now) {
        return em.createQuery("update BackfillEntity b set b.state = 'CANCELLED', b.waitsFor = null,"
                                + " b.leaseToken = null, b.leaseUntil = null, b.updatedAt = :now, b.endedAt = :now,"
                                + " b.version = b.version + 1 where b.hash = :hash and b.state = 'RUNNING'")
                        .setParameter("hash", BackfillEntity.hash(realmId, alias))
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }
}
