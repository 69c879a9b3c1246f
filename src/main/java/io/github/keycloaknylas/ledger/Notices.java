package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The store of the notices. Times are milliseconds since the epoch. */
public final class Notices {

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public Notices(EntityManager em) {
        this.em = em;
    }

    /** Returns the store for the session's own transaction. */
    public static Notices of(KeycloakSession session) {
        return new Notices(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Returns whether this notice was received before, and not so long ago that it was removed again. */
    public boolean isKnown(Notice notice) {
        return em.find(NoticeEntity.class, notice.hash()) != null;
    }

    /** Inserts at once, so that a failure surfaces here. Fails if the notice is known. */
    public void insert(Notice notice, long now) {
        em.persist(new NoticeEntity(notice, now));
        em.flush();
    }

    /** Returns the grant of the notice that has been due longest. */
    public Optional<NoticedGrant> nextDue(long now) {
        return em.createQuery(
                        "select n from NoticeEntity n where n.nextAt <= :now order by n.nextAt", NoticeEntity.class)
                .setParameter("now", now)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(NoticeEntity::grant);
    }

    /**
     * Leases all notices of a grant that no other worker has leased, also those that wait for another attempt: one look
     * that begins now answers all of them.
     *
     * @return empty if there is none to lease
     */
    public Optional<LeasedNotices> lease(NoticedGrant grant, long now, long until) {
        String token = UUID.randomUUID().toString();
        int leased = em.createQuery("update NoticeEntity n set n.leaseToken = :token, n.nextAt = :until"
                        + " where n.grantHash = :grant and n.doneAt is null"
                        + " and (n.leaseToken is null or n.nextAt <= :now)")
                .setParameter("token", token)
                .setParameter("until", until)
                .setParameter("grant", grant.hash())
                .setParameter("now", now)
                .executeUpdate();
        return leased > 0 ? Optional.of(leased(grant, token)) : Optional.empty();
    }

    private LeasedNotices leased(NoticedGrant grant, String token) {
        Object[] most = em.createQuery(
                        "select max(n.attempts), max(n.receivedAt) from NoticeEntity n where n.grantHash = :grant"
                                + " and n.leaseToken = :token",
                        Object[].class)
                .setParameter("grant", grant.hash())
                .setParameter("token", token)
                .getSingleResult();
        return new LeasedNotices(token, (Integer) most[0], (Long) most[1]);
    }

    /** Records that the leased notices have been answered. */
    public void done(NoticedGrant grant, String token, long now) {
        em.createQuery("update NoticeEntity n set n.doneAt = :now, n.nextAt = null, n.leaseToken = null"
                        + " where n.grantHash = :grant and n.leaseToken = :token")
                .setParameter("now", now)
                .setParameter("grant", grant.hash())
                .setParameter("token", token)
                .executeUpdate();
    }

    /** Ends the lease after a look that could not be made; the next may begin at this time. */
    public void postpone(NoticedGrant grant, String token, long nextAt) {
        em.createQuery("update NoticeEntity n set n.nextAt = :next, n.attempts = n.attempts + 1, n.leaseToken = null"
                        + " where n.grantHash = :grant and n.leaseToken = :token")
                .setParameter("next", nextAt)
                .setParameter("grant", grant.hash())
                .setParameter("token", token)
                .executeUpdate();
    }

    /** Returns whether notices of more than so many grants wait that mailboxes show, among those of the application. */
    public boolean isAboutMoreThan(int most, NoticedGrant grant) {
        return em.createQuery(
                                "select distinct n.grantHash from NoticeEntity n where n.nextAt > 0"
                                        + " and n.application = :application and n.apiUrl = :url"
                                        + " and exists (select 1 from GrantEntity g where g.grantHash = n.grantHash)",
                                String.class)
                        .setParameter("application", grant.application())
                        .setParameter("url", grant.apiUrl())
                        .setMaxResults(most + 1)
                        .getResultList()
                        .size()
                > most;
    }

    /** Lets all notices that are due, among those of the same application, wait until a later moment. */
    public void delay(NoticedGrant grant, long now, long until) {
        em.createQuery("update NoticeEntity n set n.nextAt = :until where n.nextAt <= :now"
                        + " and n.application = :application and n.apiUrl = :url")
                .setParameter("until", until)
                .setParameter("now", now)
                .setParameter("application", grant.application())
                .setParameter("url", grant.apiUrl())
                .executeUpdate();
    }

    /**
     * Leases all waiting notices of an application, also those that a worker has leased: its look began earlier.
     *
     * @return the token of the lease
     */
    public String leaseAll(GrantConnection connection, long until) {
        String token = UUID.randomUUID().toString();
        em.createQuery("update NoticeEntity n set n.leaseToken = :token, n.nextAt = :until where n.nextAt > 0"
                        + " and n.application = :application and n.apiUrl = :url")
                .setParameter("token", token)
                .setParameter("until", until)
                .setParameter("application", connection.application())
                .setParameter("url", connection.apiUrl())
                .executeUpdate();
        return token;
    }

    /** Ends the lease of the notices of some grants, which are due at once. */
    public void release(String token, Collection<String> grantHashes, long now) {
        em.createQuery("update NoticeEntity n set n.leaseToken = null, n.nextAt = :now"
                        + " where n.grantHash in :grants and n.leaseToken = :token")
                .setParameter("now", now)
                .setParameter("grants", grantHashes)
                .setParameter("token", token)
                .executeUpdate();
    }

    /** Returns the hashes of the grants that leased notices are about and that no mailbox holds. */
    public Set<String> unknown(String token) {
        return new HashSet<>(em.createQuery(
                        "select distinct n.grantHash from NoticeEntity n"
                                + " left join GrantEntity g on g.grantHash = n.grantHash"
                                + " where n.nextAt > 0 and n.leaseToken = :token and g.id is null",
                        String.class)
                .setParameter("token", token)
                .getResultList());
    }

    /** Records that all notices of a lease have been answered. */
    public void allDone(String token, long now) {
        em.createQuery("update NoticeEntity n set n.doneAt = :now, n.nextAt = null, n.leaseToken = null"
                        + " where n.nextAt > 0 and n.leaseToken = :token")
                .setParameter("now", now)
                .setParameter("token", token)
                .executeUpdate();
    }

    /** Removes the notices that a webhook received, answered or not. Reads all notices. */
    public void removeOf(String webhookId) {
        em.createQuery("delete from NoticeEntity n where n.webhookId = :webhook")
                .setParameter("webhook", webhookId)
                .executeUpdate();
    }

    /** Removes notices received before a moment, answered or not. */
    public int removeReceivedBefore(long moment) {
        return em.createQuery("delete from NoticeEntity n where n.receivedAt < :moment")
                .setParameter("moment", moment)
                .executeUpdate();
    }
}
