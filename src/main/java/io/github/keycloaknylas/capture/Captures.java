package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The store of the captured rows. Times are milliseconds since the epoch. */
public final class Captures {

    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public Captures(EntityManager em) {
        this.em = em;
    }

    /** Returns the store for the session's own transaction. */
    public static Captures of(KeycloakSession session) {
        return new Captures(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * Returns the hash that identifies a login, from the browser's root session and its tab. Hashed, since session
     * IDs are worth stealing.
     */
    public static String loginHash(AuthenticationSessionModel login) {
        return Digests.sha256(login.getParentSession().getId(), login.getTabId());
    }

    /** Inserts at once, so that a failure surfaces here, where it is caught, and not at the login's commit. */
    CaptureEntity insert(CaptureEntity capture) {
        em.persist(capture);
        em.flush();
        return capture;
    }

    /** Finds a capture by an ID from {@link LoginNote}. */
    public Optional<CaptureEntity> find(String id) {
        return Optional.ofNullable(em.find(CaptureEntity.class, id));
    }

    /** Removes a row that no login refers to. */
    void remove(CaptureEntity capture) {
        em.remove(capture);
    }

    /**
     * A position in the order of marked captures.
     *
     * @param completedAt when the login completed
     * @param id ID of the capture
     */
    public record Cursor(long completedAt, String id) {

        /** Precedes every capture. */
        public static final Cursor START = new Cursor(0, "-");
    }

    /** Returns the marked captures after a position, the first completed first. */
    public List<CaptureEntity> marked(Cursor after, int most) {
        return em.createQuery(
                        "select c from CaptureEntity c where c.completedAt >= :at"
                                + " and (c.completedAt > :at or c.id > :id) order by c.completedAt, c.id",
                        CaptureEntity.class)
                .setParameter("at", after.completedAt())
                .setParameter("id", after.id())
                .setMaxResults(most)
                .getResultList();
    }

    /** Returns marked captures, the last completed first. */
    public List<CaptureEntity> newestMarked(int most) {
        return em.createQuery(
                        "select c from CaptureEntity c where c.completedAt > 0 order by c.completedAt desc",
                        CaptureEntity.class)
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * Takes a marked capture over and erases its token. A single conditional statement, so that losing the race against
     * another node fails no transaction; the entity keeps the values it was read with, which may be in an earlier
     * transaction.
     *
     * @return false if another worker has taken it, or a login has marked it again since it was read
     */
    public boolean take(CaptureEntity capture) {
        return em.createQuery("update CaptureEntity c set c.sealedToken = :spent, c.completedAt = null"
                                + " where c.id = :id and c.completedAt = :at")
                        .setParameter("spent", CaptureEntity.SPENT)
                        .setParameter("id", capture.id())
                        .setParameter("at", capture.position().completedAt())
                        .executeUpdate()
                == 1;
    }

    /**
     * Returns whether a completed login supplied a token for a mailbox.
     *
     * @param fits recognises the person who signed in
     * @param most number of captures to examine; if more are marked, returns true
     */
    public boolean anyMarkedFits(Predicate<ExpectedIdentity> fits, int most) {
        return anyMarked(capture -> fits.test(capture.identity()), most);
    }

    /**
     * Returns whether a completed login supplied a token that no worker has taken over yet.
     *
     * @param wanted recognises the capture
     * @param most number of captures to examine; if more are marked, returns true
     */
    public boolean anyMarked(Predicate<CaptureEntity> wanted, int most) {
        List<CaptureEntity> marked = em.createQuery(
                        "select c from CaptureEntity c where c.completedAt > 0 order by c.completedAt",
                        CaptureEntity.class)
                .setMaxResults(most + 1)
                .getResultList();
        // A login that was submitted twice may mark a spent row again.
        return marked.size() > most
                || marked.stream().filter(capture -> !capture.isSpent()).anyMatch(wanted);
    }

    /** Erases the tokens of marked captures that could not be merged in time. For workers only. */
    public void eraseMarkedBefore(long moment) {
        em.createQuery("update CaptureEntity c set c.sealedToken = :spent, c.completedAt = null"
                        + " where c.completedAt < :moment")
                .setParameter("spent", CaptureEntity.SPENT)
                .setParameter("moment", moment)
                .executeUpdate();
    }

    /** Removes abandoned and spent rows once no login can use them any more. For workers only. */
    public void removeAbandoned(long now) {
        em.createQuery("delete from CaptureEntity c where c.completedAt is null and c.expiresAt < :now")
                .setParameter("now", now - LONGEST_TRANSACTION.toMillis())
                .executeUpdate();
    }
}
