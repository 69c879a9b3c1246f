package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Counts the mailboxes of a provider that the backfill has found. */
public final class BackfilledMailboxes {

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public BackfilledMailboxes(EntityManager em) {
        this.em = em;
    }

    /** Returns the counts as the session's own transaction reads them. */
    public static BackfilledMailboxes of(KeycloakSession session) {
        return new BackfilledMailboxes(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Returns how many stored tokens of the provider are queued. */
    public long countWaiting(String realmId, String alias) {
        return em.createQuery(
                        "select count(g.id) from GrantEntity g where g.providerHash = :provider"
                                + " and g.state = 'ABSENT' and g.handover.state = 'DUE' and g.handover.priority = "
                                + Priority.BACKFILL.ordinal(),
                        Long.class)
                .setParameter("provider", Mailbox.providerHash(realmId, alias))
                .getSingleResult();
    }

    /** Returns what has become of the mailboxes, whether or not their owners have signed in since. */
    public BackfillOutcomes outcomes(String realmId, String alias) {
        return em.createQuery(
                        "select g.state, g.handover.state, count(g.id) from GrantEntity g"
                                + " where g.providerHash = :provider and g.origin = '" + GrantEntity.BACKFILL
                                + "' group by g.state, g.handover.state",
                        Object[].class)
                .setParameter("provider", Mailbox.providerHash(realmId, alias))
                .getResultStream()
                .map(row -> BackfillOutcomes.of((String) row[0], (String) row[1], (Long) row[2]))
                .reduce(BackfillOutcomes.NONE, BackfillOutcomes::plus);
    }
}
