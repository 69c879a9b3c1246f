package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What there is to do in the ledger, for the workers. Lives as long as the session it was made from. Times are
 * milliseconds since the epoch; a number called {@code most} is how many rows come at the most.
 */
public final class Worklist {

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public Worklist(EntityManager em) {
        this.em = em;
    }

    /** In the session's own transaction. */
    public static Worklist of(KeycloakSession session) {
        return new Worklist(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Ids of rows whose token may be handed over now, longest waiting first. */
    public List<String> due(long now, Blocked blocked, int most) {
        return em.createQuery(
                        "select g.id from GrantEntity g where g.handover.state = 'DUE' and g.handover.nextAt <= :now"
                                + " and (g.handover.leaseUntil is null or g.handover.leaseUntil <= :now)"
                                + " and (g.handover.waitsFor is null or (g.handover.waitsFor not in :connections"
                                + " and g.handover.waitsForFingerprint not in :credentials))"
                                + " order by g.handover.nextAt",
                        String.class)
                .setParameter("now", now)
                .setParameter("connections", orNothing(blocked.connections()))
                .setParameter("credentials", orNothing(blocked.fingerprints()))
                .setMaxResults(most)
                .getResultList();
    }

    /** Ids of rows whose user's attribute may be written now, longest waiting first. */
    public List<String> projectionsDue(long now, int most) {
        return em.createQuery(
                        "select g.id from GrantEntity g where g.projection.due = true and g.projection.at <= :now"
                                + " order by g.projection.at",
                        String.class)
                .setParameter("now", now)
                .setMaxResults(most)
                .getResultList();
    }

    /** Rows that hold a token captured before a moment. */
    public List<GrantEntity> tokensOlderThan(long moment, int most) {
        return em.createQuery(
                        "select g from GrantEntity g where g.handover.state = 'DUE' and g.handover.tokenAt < :moment",
                        GrantEntity.class)
                .setParameter("moment", moment)
                .setMaxResults(most)
                .getResultList();
    }

    /** Rows that have been leaving since before a moment and that nobody works on. */
    public List<String> leavingSinceBefore(long moment, long now, int most) {
        return em.createQuery(
                        "select g.id from GrantEntity g where g.state = 'LEAVING' and g.leavingSince <= :moment"
                                + " and (g.handover.leaseUntil is null or g.handover.leaseUntil <= :now)"
                                + " and (g.handover.nextAt is null or g.handover.nextAt <= :now) order by g.leavingSince",
                        String.class)
                .setParameter("moment", moment)
                .setParameter("now", now)
                .setMaxResults(most)
                .getResultList();
    }

    /** Ids of rows in their own order, after one of them: the whole ledger, a piece at a time, by the primary key. */
    public List<String> idsAfter(String id, int most) {
        return em.createQuery("select g.id from GrantEntity g where g.id > :after order by g.id", String.class)
                .setParameter("after", id)
                .setMaxResults(most)
                .getResultList();
    }

    // An empty list is not valid in every SQL dialect.
    private static Collection<String> orNothing(Set<String> names) {
        return names.isEmpty() ? Set.of("-") : names;
    }
}
