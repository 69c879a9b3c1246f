package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Finds the due rows of the ledger. Lives as long as the session it was made from. Times are milliseconds since
 * the epoch.
 */
public final class DueRows implements LaneQueue {

    /** Sorts before every lane and every ID; not empty, which Oracle treats as null. */
    public static final String FIRST = "!";

    private final EntityManager em;
    private final DueQueue handovers;

    /** @param em whose transaction is read in */
    public DueRows(EntityManager em) {
        this.em = em;
        this.handovers = new DueQueue(em, "GrantEntity g", "g.handover.lane", "g.id", "g.handover.nextAt");
    }

    /** Returns the due rows as the session's own transaction reads them. */
    public static DueRows of(KeycloakSession session) {
        return new DueRows(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public Optional<String> laneAfter(String lane) {
        return handovers.laneAfter(lane);
    }

    /** Returns new sign-ins before retries, the longest overdue first. Each group is read only if needed. */
    @Override
    public Stream<String> dueIn(String lane, long now, int most) {
        return Stream.of(Priority.SIGN_IN, Priority.RETRY)
                .flatMap(priority -> dueIn(lane, priority, now, most))
                .limit(most);
    }

    /** Returns those of the backfill, the longest overdue first. */
    @Override
    public Stream<String> lastIn(String lane, long now, int most) {
        return dueIn(lane, Priority.BACKFILL, now, most);
    }

    private Stream<String> dueIn(String lane, Priority priority, long now, int most) {
        return handovers
                .dueIn(
                        lane,
                        "g.handover.priority = " + priority.ordinal() + " and g.state in " + GrantState.KNOWN_LITERALS,
                        now,
                        most)
                .stream();
    }

    @Override
    public Optional<String> lease(String id, long now, long until) {
        String token = UUID.randomUUID().toString();
        int leased = em.createQuery("update GrantEntity g set g.handover.leaseToken = :token,"
                        + " g.handover.leaseUntil = :until, g.handover.nextAt = :until, g.version = g.version + 1"
                        + " where g.id = :id and g.handover.state = 'DUE' and g.handover.nextAt <= :now"
                        + " and g.state in " + GrantState.KNOWN_LITERALS
                        + " and (g.handover.leaseUntil is null or g.handover.leaseUntil <= :now)")
                .setParameter("token", token)
                .setParameter("until", until)
                .setParameter("id", id)
                .setParameter("now", now)
                .executeUpdate();
        return leased == 1 ? Optional.of(token) : Optional.empty();
    }

    /** Ids of rows whose user's attribute may be written now, the longest overdue first. */
    public List<String> attributesDue(long now, int most) {
        return em.createQuery(
                        "select g.id from GrantEntity g where g.attribute.due = true and g.attribute.at <= :now"
                                + " order by g.attribute.at",
                        String.class)
                .setParameter("now", now)
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * Leases the next write of a user's attribute, as {@link #lease} does for a call.
     *
     * @return false if the attribute is not due or another worker has the lease
     */
    public boolean leaseAttribute(String id, long now, long until) {
        return em.createQuery("update GrantEntity g set g.attribute.at = :until, g.version = g.version + 1"
                                + " where g.id = :id and g.attribute.due = true and g.attribute.at <= :now"
                                + " and g.state in " + GrantState.KNOWN_LITERALS)
                        .setParameter("until", until)
                        .setParameter("id", id)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** Returns rows that contain a token captured before a moment, the oldest first. */
    public List<String> tokensOlderThan(long moment, int most) {
        return em.createQuery(
                        "select g.id from GrantEntity g where g.handover.state = 'DUE' and g.handover.tokenAt < :moment"
                                + " and g.state in " + GrantState.KNOWN_LITERALS + " order by g.handover.tokenAt",
                        String.class)
                .setParameter("moment", moment)
                .setMaxResults(most)
                .getResultList();
    }

    /** Returns IDs of rows in primary-key order after the given one, to read the whole ledger piece by piece. */
    public List<String> idsAfter(String id, int most) {
        return em.createQuery("select g.id from GrantEntity g where g.id > :after order by g.id", String.class)
                .setParameter("after", id)
                .setMaxResults(most)
                .getResultList();
    }
}
