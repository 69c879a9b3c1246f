package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What logins and tokens read of the ledger: one indexed SELECT of columns each, so that no managed row enters the
 * request's transaction. Lives as long as the session it was made from.
 */
public final class LedgerView {

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public LedgerView(EntityManager em) {
        this.em = em;
    }

    /** Returns the view for the session's own transaction. */
    public static LedgerView of(KeycloakSession session) {
        return new LedgerView(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Returns what a login needs. */
    public Optional<GrantStatus> grantStatus(Mailbox mailbox) {
        return em.createQuery(
                        "select g.state, g.stateAt, g.grant, g.expected from GrantEntity g where g.keyHash = :hash",
                        Object[].class)
                .setParameter("hash", mailbox.hash())
                .getResultStream()
                .map(row -> GrantStatus.of((String) row[0], (Long) row[1], (ConnectedGrant) row[2], (String) row[3]))
                .findFirst();
    }

    /** Returns what tokens show of a user's grants. */
    public List<ShownGrant> shownTo(String realmId, String userId) {
        return em.createQuery(
                        "select g.mailbox.alias, g.state, g.grantHash, g.grant.grantId, g.grant.email from GrantEntity"
                                + " g where g.userHash = :user and g.grantHash is not null"
                                + " and g.state in ('CONNECTED', 'RECONNECT')",
                        Object[].class)
                .setParameter("user", UserHash.of(realmId, userId))
                .getResultStream()
                .map(row -> new ShownGrant(
                        (String) row[0],
                        (String) row[3],
                        (String) row[4],
                        GrantState.CONNECTED.name().equals(row[1])))
                .toList();
    }
}
