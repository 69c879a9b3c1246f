package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The store of the grant rows. Lives as long as the session it was made from. Times are milliseconds since the epoch.
 */
public final class Ledger {

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public Ledger(EntityManager em) {
        this.em = em;
    }

    /** In the session's own transaction. */
    public static Ledger of(KeycloakSession session) {
        return new Ledger(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** One indexed SELECT. What the database found by hash is compared once more, exactly. */
    public Optional<GrantEntity> find(Mailbox mailbox) {
        return em.createQuery("select g from GrantEntity g where g.keyHash = :hash", GrantEntity.class)
                .setParameter("hash", mailbox.hash())
                .getResultStream()
                .filter(row -> row.mailbox().equals(mailbox))
                .findFirst();
    }

    /** What a login has to know, in one indexed SELECT. */
    public Optional<Standing> standing(Mailbox mailbox) {
        return em.createQuery(
                        "select g.realmId, g.alias, g.subject, g.state, g.grant from GrantEntity g where g.keyHash = :hash",
                        Object[].class)
                .setParameter("hash", mailbox.hash())
                .getResultStream()
                .filter(row -> new Mailbox((String) row[0], (String) row[1], (String) row[2]).equals(mailbox))
                .map(row -> standing((String) row[3], (ConnectedGrant) row[4]))
                .findFirst();
    }

    private static Standing standing(String state, ConnectedGrant grant) {
        return grant == null
                ? new Standing(GrantState.of(state), null, Set.of(), null)
                : new Standing(GrantState.of(state), grant.fingerprint(), grant.scopeSet(), grant.connectedAt());
    }

    /** By the primary key. */
    public Optional<GrantEntity> byId(String id) {
        return Optional.ofNullable(em.find(GrantEntity.class, id));
    }

    /** The rows of one user of a realm. Databases may ignore the case of an id; ids of federated users depend on it. */
    public List<GrantEntity> ofUser(String realmId, String userId) {
        return em
                .createQuery(
                        "select g from GrantEntity g where g.userId = :user and g.realmId = :realm order by g.alias, g.id",
                        GrantEntity.class)
                .setParameter("user", userId)
                .setParameter("realm", realmId)
                .getResultList()
                .stream()
                .filter(row ->
                        row.userId().equals(userId) && row.mailbox().realmId().equals(realmId))
                .toList();
    }

    /** A new row without a grant; the caller has seen that there is none for this mailbox. */
    public GrantEntity create(Mailbox mailbox, String userId) {
        GrantEntity row = new GrantEntity(mailbox, userId);
        em.persist(row);
        return row;
    }

    /** For a row with nothing left to take back: no grant at Nylas, no attribute of a user. */
    public void remove(GrantEntity row) {
        em.remove(row);
    }

    /** Writes now, so that a conflict with another node shows here and not at the commit. */
    public void flush() {
        em.flush();
    }

    /**
     * Takes a row for one call. The version of the row makes this a compare-and-set: of two nodes one fails to commit.
     *
     * @return the lease, or nothing if the row is no longer due or somebody else has it
     */
    public Optional<String> lease(GrantEntity row, long now, long until) {
        if (!row.handover.isDue() || row.handover.isLeased(now) || row.handover.nextAt > now) {
            return Optional.empty();
        }
        String lease = row.handover.lease(until);
        em.flush();
        return Optional.of(lease);
    }

    /**
     * Leases the next write of a user's attribute. A single conditional statement, so that losing the race fails no
     * transaction: of each failure Hibernate may warn.
     *
     * @return false if the attribute is not due or another worker has the lease
     */
    public boolean leaseProjection(String id, long now, long until) {
        return em.createQuery("update GrantEntity g set g.projection.at = :until, g.version = g.version + 1"
                                + " where g.id = :id and g.projection.due = true and g.projection.at <= :now")
                        .setParameter("until", until)
                        .setParameter("id", id)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** The account of a row is linked to this user, now or again. */
    public void link(GrantEntity row, String userId, long now) {
        boolean free = row.grant()
                .filter(grant -> isHeldByAnother(row, grant.grantId()))
                .isEmpty();
        Departures.linked(row, userId, free, now);
        em.flush();
    }

    /** Whether another row, of whatever realm, holds this grant. */
    public boolean isHeldByAnother(GrantEntity row, String grantId) {
        return !em.createQuery("select g.id from GrantEntity g where g.holds = :grant and g.id <> :id", String.class)
                .setParameter("grant", grantId)
                .setParameter("id", row.id())
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * Whether anybody else holds this grant or may be about to get it: a row of the same connection that waits for the
     * same mailbox, or is being handed over.
     */
    public boolean isWantedByAnother(GrantEntity row, ConnectedGrant grant) {
        return isHeldByAnother(row, grant.grantId())
                || em.createQuery(
                                "select g from GrantEntity g where g.id <> :id and g.handover.state = 'DUE'"
                                        + " and (g.handover.waitsForFingerprint is null"
                                        + " or g.handover.waitsForFingerprint = :fingerprint)",
                                GrantEntity.class)
                        .setParameter("id", row.id())
                        .setParameter("fingerprint", grant.fingerprint())
                        .getResultStream()
                        .anyMatch(other -> other.expectedIdentity().fits(grant.providerUserId(), grant.email()));
    }
}
