package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/**
 * Finds due rows lane by lane in an index that begins with the lane and ends with the time. It skips from one lane to
 * the next, so that the rows of a skipped lane are never read.
 */
final class DueQueue {

    private final EntityManager em;
    private final String nextLane;
    private final String rows;

    DueQueue(EntityManager em, String entity, String lane, String id, String at) {
        this.em = em;
        this.nextLane = "select min(" + lane + ") from " + entity + " where " + lane + " > :after";
        this.rows = "select " + id + " from " + entity + " where " + lane + " = :lane and " + at + " <= :now and %s"
                + " order by " + at;
    }

    Optional<String> laneAfter(String lane) {
        return Optional.ofNullable(em.createQuery(nextLane, String.class)
                .setParameter("after", lane)
                .getSingleResult());
    }

    List<String> dueIn(String lane, String condition, long now, int most) {
        return em.createQuery(rows.formatted(condition), String.class)
                .setParameter("lane", lane)
                .setParameter("now", now)
                .setMaxResults(most)
                .getResultList();
    }
}
