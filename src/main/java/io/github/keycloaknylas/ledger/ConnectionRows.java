package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The applications whose grants are reconciled. Lives as long as the session it was made from. Times are milliseconds
 * since the epoch.
 */
public final class ConnectionRows {

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public ConnectionRows(EntityManager em) {
        this.em = em;
    }

    /** Returns the rows as the session's own transaction reads them. */
    public static ConnectionRows of(KeycloakSession session) {
        return new ConnectionRows(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Finds an application by {@link GrantConnection#hash()}. */
    public Optional<ConnectionEntity> find(String hash) {
        return Optional.ofNullable(em.find(ConnectionEntity.class, hash));
    }

    /**
     * Adds an application; fails with the transaction if another node has just added it.
     *
     * @param nextAt when it is reconciled first
     */
    public void add(GrantConnection connection, long nextAt) {
        em.persist(new ConnectionEntity(connection, nextAt));
    }

    /**
     * Leases an application that is due.
     *
     * @return proof of the lease, or nothing if it is not due or another node has it
     */
    public Optional<String> lease(String hash, long now, long until) {
        String token = UUID.randomUUID().toString();
        int leased = em.createQuery("update ConnectionEntity c set c.leaseToken = :token, c.leaseUntil = :until,"
                        + " c.version = c.version + 1 where c.hash = :hash and c.nextAt <= :now"
                        + " and (c.leaseUntil is null or c.leaseUntil <= :now)")
                .setParameter("token", token)
                .setParameter("until", until)
                .setParameter("hash", hash)
                .setParameter("now", now)
                .executeUpdate();
        return leased == 1 ? Optional.of(token) : Optional.empty();
    }

    /**
     * Extends a lease.
     *
     * @return false if another node has it
     */
    public boolean extend(String hash, String token, long until) {
        return em.createQuery("update ConnectionEntity c set c.leaseUntil = :until, c.version = c.version + 1"
                                + " where c.hash = :hash and c.leaseToken = :token")
                        .setParameter("until", until)
                        .setParameter("hash", hash)
                        .setParameter("token", token)
                        .executeUpdate()
                == 1;
    }

    /** Returns the applications in the order of their keys. */
    public List<ConnectionEntity> all(int most) {
        return em.createQuery("select c from ConnectionEntity c order by c.hash", ConnectionEntity.class)
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * Makes an application due at once, unless a pass is in progress, waits for an administrator or has ended since.
     *
     * @param since moment of that end
     */
    public void hasten(String hash, long now, long since) {
        em.createQuery("update ConnectionEntity c set c.nextAt = :now, c.version = c.version + 1 where c.hash = :hash"
                        + " and c.nextAt > :now and c.alarmAt is null"
                        + " and (c.leaseUntil is null or c.leaseUntil <= :now)"
                        + " and (c.reconciledAt is null or c.reconciledAt <= :since)"
                        + " and (c.failure.at is null or c.failure.at <= :since)")
                .setParameter("now", now)
                .setParameter("hash", hash)
                .setParameter("since", since)
                .executeUpdate();
    }

    /** Returns how many grants of all applications no mailbox of this server had when they were last reconciled. */
    public long countUnknown() {
        return em.createQuery("select coalesce(sum(c.unknown), 0) from ConnectionEntity c", Long.class)
                .getSingleResult();
    }

    /** Finds an application whose lease is still held. */
    public Optional<ConnectionEntity> leased(String hash, String token) {
        return find(hash).filter(row -> row.isLeasedBy(token));
    }
}
