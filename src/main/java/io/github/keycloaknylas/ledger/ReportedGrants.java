package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Changes the rows of a grant to what Nylas reports of it. Only mailboxes that are connected or wait for a new sign-in
 * are changed: a grant that was held back, or in a state that a newer version wrote, stays as it is. Lives as long as
 * the session it was made from. Times are milliseconds since the epoch.
 */
public final class ReportedGrants {

    /** Nylas reports the grant as invalid: its credentials have expired or were revoked. */
    public static final String EXPIRED = "expired_at_nylas";

    private final EntityManager em;
    private final Holds holds;
    private final History history;

    /** @param em whose transaction the changes are made in */
    public ReportedGrants(EntityManager em) {
        this.em = em;
        this.holds = new Holds(em);
        this.history = new History(em);
    }

    /** Returns the rows as the session's own transaction reads them. */
    public static ReportedGrants of(KeycloakSession session) {
        return new ReportedGrants(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * Returns the rows that show a grant.
     *
     * @param grantHash hash of API URL, application and grant ID
     */
    public List<GrantEntity> showing(String grantHash) {
        return em.createQuery("select g from GrantEntity g where g.grantHash = :hash order by g.id", GrantEntity.class)
                .setParameter("hash", grantHash)
                .getResultStream()
                .filter(row -> row.shownGrant().isPresent())
                .toList();
    }

    /**
     * Records that the grant works.
     *
     * @param reported the grant with the address, ID and scopes that Nylas reports now
     * @param source what made this server ask
     * @return whether the state of the mailbox changed
     */
    public boolean valid(GrantEntity row, ConnectedGrant reported, HistorySource source, long now) {
        row.grant = reported;
        if (row.is(GrantState.CONNECTED)) {
            return false;
        }
        Transitions.enter(row, GrantState.CONNECTED, now);
        row.expiredAt = null;
        row.failure = null;
        row.attribute.require(now);
        history.add(row, HistoryEvent.VALID_AGAIN, HistoryCause.of(source), now);
        return true;
    }

    /**
     * Records that the grant is invalid: the user has to sign in again.
     *
     * @param source what made this server ask
     * @return whether the state of the mailbox changed
     */
    public boolean invalid(GrantEntity row, HistorySource source, long now) {
        if (!row.is(GrantState.CONNECTED)) {
            return false;
        }
        Transitions.reconnect(row, LastFailure.of(EXPIRED, now), now);
        row.attribute.require(now);
        history.add(row, HistoryEvent.EXPIRED, HistoryCause.of(source), now);
        return true;
    }

    /**
     * Records that the grant is now another person's mailbox, so that no application sees it.
     *
     * @param reported the grant as Nylas reports it now, so that administrators see whose mailbox it is
     * @param source what made this server ask
     */
    public boolean otherMailbox(GrantEntity row, ConnectedGrant reported, HistorySource source, long now) {
        row.grant = reported;
        Transitions.enter(row, GrantState.HELD, now);
        row.failure = LastFailure.of(Transitions.OTHER_MAILBOX, now);
        row.attribute.require(now);
        history.add(row, HistoryEvent.HELD, new HistoryCause(Transitions.OTHER_MAILBOX, source), now);
        return true;
    }

    /**
     * Records that there is no such grant any more: the next sign-in makes a new one.
     *
     * @param source what made this server ask
     */
    public boolean gone(GrantEntity row, HistorySource source, long now) {
        history.add(row, HistoryEvent.MISSING, HistoryCause.of(source), now);
        holds.release(row);
        Transitions.withoutGrant(row, now);
        return true;
    }
}
