package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Counts what a realm has and what waits in it, by index. Times are milliseconds since the epoch. */
public final class RealmCounts {

    private final EntityManager em;
    private final String realmId;

    /** @param em whose transaction is read in */
    public RealmCounts(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /** Returns the counts as the session's own transaction reads them. */
    public static RealmCounts of(KeycloakSession session, String realmId) {
        return new RealmCounts(session.getProvider(JpaConnectionProvider.class).getEntityManager(), realmId);
    }

    /** Returns how many mailboxes are in each state; states of a newer version are included. */
    public Map<String, Long> byState() {
        return grouped("select g.state, count(g.id) from GrantEntity g where g.mailbox.realmId = :realm"
                + " group by g.state order by g.state");
    }

    /** Returns for how many mailboxes a token waits, by what the last attempt failed with; empty text without one. */
    public Map<String, Long> waitingByFailure() {
        return grouped("select coalesce(g.failure.failureClass, '-'), count(g.id) from GrantEntity g"
                + " where g.mailbox.realmId = :realm and g.handover.state = 'DUE'"
                + " group by coalesce(g.failure.failureClass, '-') order by 1");
    }

    /** Returns how many grants the realm has at Nylas, working or waiting for a new sign-in. */
    public long grants() {
        return single("select count(g.id) from GrantEntity g where g.mailbox.realmId = :realm"
                + " and g.state in ('CONNECTED', 'RECONNECT') and g.grantHash is not null");
    }

    /** Returns when the oldest waiting token was captured. */
    public Optional<Long> oldestWaiting() {
        return Optional.ofNullable(single("select min(g.handover.tokenAt) from GrantEntity g"
                + " where g.mailbox.realmId = :realm and g.handover.state = 'DUE'"));
    }

    private Long single(String query) {
        return em.createQuery(query, Long.class).setParameter("realm", realmId).getSingleResult();
    }

    private Map<String, Long> grouped(String query) {
        Map<String, Long> counts = new LinkedHashMap<>();
        em.createQuery(query, Object[].class)
                .setParameter("realm", realmId)
                .getResultStream()
                .forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return counts;
    }
}
