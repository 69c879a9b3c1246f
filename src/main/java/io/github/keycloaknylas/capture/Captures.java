package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.Digests;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /** Marked captures, the first completed first, {@code most} of them at the most. */
    public List<CaptureEntity> completed(int most) {
        return em.createQuery(
                        "select c from CaptureEntity c where c.completedAt is not null order by c.completedAt",
                        CaptureEntity.class)
                .setMaxResults(most)
                .getResultList();
    }

    /** Whether a login, completed or not, brought a token for this mailbox. */
    public boolean anyFits(String providerUserId, String email) {
        return em.createQuery("select c from CaptureEntity c", CaptureEntity.class)
                .getResultStream()
                .filter(capture -> !capture.isSpent())
                .anyMatch(capture -> capture.identity().fits(providerUserId, email));
    }

    /** Removes what abandoned logins left, and what is spent, once no login can be at it any more. For workers only. */
    public void removeAbandoned(long now) {
        em.createQuery("delete from CaptureEntity c where c.completedAt is null and c.expiresAt < :now")
                .setParameter("now", now - LONGEST_TRANSACTION.toMillis())
                .executeUpdate();
    }
}
