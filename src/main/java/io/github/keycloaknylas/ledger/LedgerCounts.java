package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** What is counted in the tables for the meters, read from indexes. */
public final class LedgerCounts {

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public LedgerCounts(EntityManager em) {
        this.em = em;
    }

    /** Returns the counts as the session's own transaction reads them. */
    public static LedgerCounts of(KeycloakSession session) {
        return new LedgerCounts(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * Returns the IDs of mailboxes in a state that follow the last one read. Counted in pages, since a database may
     * well scan the table to count the mailboxes of a state that most of them are in.
     */
    public List<String> mailboxes(GrantState state, String after, int most) {
        return em.createQuery(
                        "select g.id from GrantEntity g where g.state = :state and g.id > :after order by g.id",
                        String.class)
                .setParameter("state", state.name())
                .setParameter("after", after)
                .setMaxResults(most)
                .getResultList();
    }

    /** Returns how many grants wait to be deleted, those within their grace period included. */
    public long deletions() {
        return em.createQuery("select count(*) from DeletionEntity d where d.lane > :first", Long.class)
                .setParameter("first", DueRows.FIRST)
                .getSingleResult();
    }

    /** Returns when the oldest token that waits for its handover was captured, in milliseconds since the epoch. */
    public Optional<Long> oldestToken() {
        return Optional.ofNullable(em.createQuery(
                        "select min(g.handover.tokenAt) from GrantEntity g where g.handover.state = 'DUE'", Long.class)
                .getSingleResult());
    }
}
