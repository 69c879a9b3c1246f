package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Confirms that links which are gone without an event are gone for good. */
public final class LinksGone {

    private final EntityManager em;

    /** @param em whose transaction the evidence is written in */
    public LinksGone(EntityManager em) {
        this.em = em;
    }

    /** Returns the confirmations for the session's own transaction. */
    public static LinksGone of(KeycloakSession session) {
        return new LinksGone(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * Inserts evidence for each selected mailbox whose link is gone. The evidence has the ID of the mailbox, so that a
     * repeated confirmation inserts nothing.
     *
     * @param now milliseconds since the epoch
     * @return how many
     */
    public int confirm(Selection selection, long now) {
        return selection
                .bind(
                        em.createQuery(
                                "insert into EvidenceEntity (id, createdAt, type, realmId, userId, alias, subject)"
                                        + " select g.id, cast(:now as Long), 'CONFIRMED', g.mailbox.realmId, g.userId,"
                                        + " g.mailbox.alias, g.mailbox.subject from GrantEntity g"
                                        + " where g.mailbox.realmId = :realm and g.linkGoneAt > 0"
                                        + selection.condition("g", "g.id")
                                        + " and not exists (select e.id from EvidenceEntity e where e.id = g.id)"),
                        now)
                .executeUpdate();
    }
}
