package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The mailboxes of the server by the application of their grants, read piece by piece. Lives as long as the session it
 * was made from.
 */
public final class ConnectionGrants {

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public ConnectionGrants(EntityManager em) {
        this.em = em;
    }

    /** Returns the mailboxes as the session's own transaction reads them. */
    public static ConnectionGrants of(KeycloakSession session) {
        return new ConnectionGrants(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * A mailbox that holds a grant.
     *
     * @param rowId primary key
     * @param grantHash hash of API URL, application and grant ID
     * @param grantId Nylas' ID of the grant
     * @param state as stored
     * @param connectedAt when the grant was last handed over, in milliseconds since the epoch
     * @param leaseUntil end of the lease of a handover in progress, or null
     * @param email address of the grant, or null
     * @param providerUserId user of the grant at the provider, or null
     */
    public record Holding(
            String rowId,
            String grantHash,
            String grantId,
            String state,
            long connectedAt,
            Long leaseUntil,
            String email,
            String providerUserId) {

        /** Sorts before every other one. */
        public static final Holding FIRST = new Holding(DueRows.FIRST, DueRows.FIRST, null, null, 0, null, null, null);

        /** Returns whether the grant was handed over, or may be, after a moment in milliseconds since the epoch. */
        public boolean isHandedOverSince(long moment) {
            return connectedAt >= moment || leaseUntil != null && leaseUntil >= moment;
        }

        /** Returns whether the mailbox is in this state. */
        public boolean is(GrantState other) {
            return other.name().equals(state);
        }
    }

    /** Returns the hash of the next application that holds grants. */
    public Optional<String> connectionAfter(String hash) {
        return Optional.ofNullable(em.createQuery(
                        "select min(g.connectionHash) from GrantEntity g where g.connectionHash > :hash", String.class)
                .setParameter("hash", hash)
                .getSingleResult());
    }

    /** Returns a few mailboxes whose grants are stored in an application. */
    public List<GrantEntity> someOf(String connectionHash, int most) {
        return em.createQuery(
                        "select g from GrantEntity g where g.connectionHash = :hash order by g.grantHash",
                        GrantEntity.class)
                .setParameter("hash", connectionHash)
                .setMaxResults(most)
                .getResultList();
    }

    /** Returns the mailboxes that follow the last one read. */
    public List<Holding> after(String connectionHash, Holding last, int most) {
        return em.createQuery(
                        "select g.id, g.grantHash, g.grant.grantId, g.state, g.grant.connectedAt,"
                                + " g.handover.leaseUntil, g.grant.email, g.grant.providerUserId from GrantEntity g"
                                + " where g.connectionHash = :connection and g.grantHash >= :hash"
                                + " and (g.grantHash > :hash or g.id > :id) order by g.grantHash, g.id",
                        Object[].class)
                .setParameter("connection", connectionHash)
                .setParameter("hash", last.grantHash())
                .setParameter("id", last.rowId())
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Holding(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        (Long) row[4],
                        (Long) row[5],
                        (String) row[6],
                        (String) row[7]))
                .toList();
    }

    /** Returns those of some grants that mailboxes hold. */
    public Set<String> held(Collection<String> grantHashes) {
        return Set.copyOf(em.createQuery(
                        "select distinct g.grantHash from GrantEntity g where g.grantHash in :hashes", String.class)
                .setParameter("hashes", grantHashes)
                .getResultList());
    }

    /** Returns those of some grants whose deletion is queued or done. */
    public Set<String> beingDeleted(Collection<String> grantHashes) {
        return new HashSet<>(
                em.createQuery("select d.grantHash from DeletionEntity d where d.grantHash in :hashes", String.class)
                        .setParameter("hashes", grantHashes)
                        .getResultList());
    }

    /**
     * Makes mailboxes that an earlier version of the extension wrote findable by their application.
     *
     * @return how many there were, {@code most} at most
     */
    public int adopt(int most) {
        List<GrantEntity> rows = em.createQuery(
                        "select g from GrantEntity g where g.connectionHash is null and g.grantHash > :first"
                                + " and g.state in " + GrantState.KNOWN_LITERALS + " order by g.grantHash",
                        GrantEntity.class)
                .setParameter("first", DueRows.FIRST)
                .setMaxResults(most)
                .getResultList();
        rows.forEach(GrantEntity::findableByConnection);
        return rows.size();
    }
}
