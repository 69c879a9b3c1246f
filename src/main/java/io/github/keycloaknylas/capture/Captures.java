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

    /** In the session's own transaction. */
    public static Captures of(KeycloakSession session) {
        return new Captures(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Names one login: the browser's root session and the tab. Hashed, since ids of sessions are worth stealing. */
    public static String loginHash(AuthenticationSessionModel login) {
        return Digests.sha256(login.getParentSession().getId(), login.getTabId());
    }

    /** Inserts at once, so that a failure shows here, where it is caught, and not at the login's commit. */
    CaptureEntity insert(CaptureEntity capture) {
        em.persist(capture);
        em.flush();
        return capture;
    }

    /** By the id that {@link LoginNote} carries. */
    public Optional<CaptureEntity> find(String id) {
        return Optional.ofNullable(em.find(CaptureEntity.class, id));
    }

    /** For rows that no login knows of. */
    void remove(CaptureEntity capture) {
        em.remove(capture);
    }

    /**
     * A place in the order of marked captures.
     *
     * @param completedAt when the login completed
     * @param id of the capture
     */
    public record Cursor(long completedAt, String id) {

        /** Before all of them. */
        public static final Cursor START = new Cursor(0, "-");
    }

    /** Marked captures behind a place, the first completed first. */
    public List<Cursor> marked(Cursor after, int most) {
        return em.createQuery(
                        "select c.completedAt, c.id from CaptureEntity c where c.completedAt >= :at"
                                + " and (c.completedAt > :at or c.id > :id) order by c.completedAt, c.id",
                        Cursor.class)
                .setParameter("at", after.completedAt())
                .setParameter("id", after.id())
                .setMaxResults(most)
                .getResultList();
    }

    /** Marked captures, the last completed first. */
    public List<Cursor> newestMarked(int most) {
        return em.createQuery(
                        "select c.completedAt, c.id from CaptureEntity c where c.completedAt > 0"
                                + " order by c.completedAt desc",
                        Cursor.class)
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * Takes a marked capture over and erases its token. A single conditional statement, so that losing the race against
     * another node fails no transaction; the entity keeps what it was read with.
     *
     * @return false if another worker has taken it
     */
    public boolean take(CaptureEntity capture) {
        return em.createQuery("update CaptureEntity c set c.sealedToken = :spent, c.completedAt = null"
                                + " where c.id = :id and c.completedAt is not null")
                        .setParameter("spent", CaptureEntity.SPENT)
                        .setParameter("id", capture.id())
                        .executeUpdate()
                == 1;
    }

    /**
     * Whether a completed login supplied a token for a mailbox.
     *
     * @param fits recognises the person who signed in
     * @param most captures that are looked at; if more are marked, the answer is true
     */
    public boolean anyMarkedFits(Predicate<ExpectedIdentity> fits, int most) {
        return anyMarked(capture -> fits.test(capture.identity()), most);
    }

    /**
     * Whether a completed login supplied a token that no worker has taken over yet.
     *
     * @param wanted recognises the capture
     * @param most captures that are looked at; if more are marked, the answer is true
     */
    public boolean anyMarked(Predicate<CaptureEntity> wanted, int most) {
        List<CaptureEntity> marked = em.createQuery(
                        "select c from CaptureEntity c where c.completedAt > 0 order by c.completedAt",
                        CaptureEntity.class)
                .setMaxResults(most + 1)
                .getResultList();
        // A login that was submitted twice may mark a row again that is spent.
        return marked.size() > most
                || marked.stream().filter(capture -> !capture.isSpent()).anyMatch(wanted);
    }

    /** Erases the tokens of marked captures that could not be merged for too long. For workers only. */
    public void eraseMarkedBefore(long moment) {
        em.createQuery("update CaptureEntity c set c.sealedToken = :spent, c.completedAt = null"
                        + " where c.completedAt < :moment")
                .setParameter("spent", CaptureEntity.SPENT)
                .setParameter("moment", moment)
                .executeUpdate();
    }

    /** Removes what abandoned logins left, and what is spent, once no login can be at it any more. For workers only. */
    public void removeAbandoned(long now) {
        em.createQuery("delete from CaptureEntity c where c.completedAt is null and c.expiresAt < :now")
                .setParameter("now", now - LONGEST_TRANSACTION.toMillis())
                .executeUpdate();
    }
}
