package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Counts mailboxes by index. Lives as long as the session it was made from. */
public final class MailboxCounts {

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public MailboxCounts(EntityManager em) {
        this.em = em;
    }

    /** Returns the counts as the session's own transaction reads them. */
    public static MailboxCounts of(KeycloakSession session) {
        return new MailboxCounts(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Returns how many mailboxes of a provider are connected. */
    public long countConnected(Mailbox mailbox) {
        return em.createQuery(
                        "select count(g.id) from GrantEntity g where g.providerHash = :provider"
                                + " and g.state = 'CONNECTED'",
                        Long.class)
                .setParameter("provider", mailbox.providerHash())
                .getSingleResult();
    }

    /** Returns how many grants a provider has: those of mailboxes that work or wait for a new sign-in. */
    public long countGrants(Mailbox mailbox) {
        return em.createQuery(
                        "select count(g.id) from GrantEntity g where g.providerHash = :provider"
                                + " and g.state in ('CONNECTED', 'RECONNECT') and g.grantHash is not null",
                        Long.class)
                .setParameter("provider", mailbox.providerHash())
                .getSingleResult();
    }

    /** Returns how many other mailboxes of the provider are being handed over and have no grant yet. */
    public long countFirstHandovers(GrantEntity other, long now) {
        return em.createQuery(
                        "select count(g.id) from GrantEntity g where g.providerHash = :provider"
                                + " and g.state in ('ABSENT', 'RECONNECT', 'HELD') and g.grantHash is null"
                                + " and g.handover.leaseToken is not null and g.handover.leaseUntil > :now"
                                + " and g.id <> :other",
                        Long.class)
                .setParameter("provider", other.mailbox().providerHash())
                .setParameter("now", now)
                .setParameter("other", other.id())
                .getSingleResult();
    }

    /** Returns how many mailboxes have lost their link without an event that explains it. */
    public long countLinksGone() {
        return em.createQuery("select count(g.id) from GrantEntity g where g.linkGoneAt > 0", Long.class)
                .getSingleResult();
    }
}
