package io.github.keycloaknylas.ledger;

import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Records what became of a waiting token: the {@link Transitions transition} of the mailbox, and its entry in the
 * {@link History}. Lives as long as the session it was made from. Times are milliseconds since the epoch.
 */
public final class Outcomes {

    private static final HistoryCause HANDED_OVER = HistoryCause.of(HistorySource.SIGN_IN);

    private final History history;

    Outcomes(History history) {
        this.history = history;
    }

    /** Returns the outcomes for the session's own transaction. */
    public static Outcomes of(KeycloakSession session) {
        return new Outcomes(
                new History(session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }

    /** Records a successful handover, see {@link Transitions#connected}. */
    public void connected(GrantEntity row, ConnectedGrant grant, long handedOverAt, long now) {
        Transitions.connected(row, grant, handedOverAt, now);
        history.add(row, HistoryEvent.CONNECTED, HANDED_OVER, now);
    }

    /** Records a grant that this user may not have, see {@link Transitions#held}. */
    public void held(GrantEntity row, ConnectedGrant grant, String reason, long handedOverAt, long now) {
        boolean known = row.is(GrantState.HELD) && failedBy(row, reason);
        Transitions.held(row, grant, reason, handedOverAt, now);
        if (!known) {
            history.add(row, grant.grantId(), HistoryEvent.HELD, because(reason), now);
        }
    }

    /** Records that the token was refused, see {@link Transitions#refused}. */
    public void refused(GrantEntity row, LastFailure failure, long handedOverAt, long now) {
        boolean changes =
                row.handover.isDue() && !(row.is(GrantState.RECONNECT) && failedBy(row, failure.failureClass()));
        Transitions.refused(row, failure, handedOverAt, now);
        if (changes) {
            history.add(row, HistoryEvent.REFUSED, because(failure.failureClass()), now);
        }
    }

    /** Records that the token outlived its retention, see {@link Transitions#outlived}. */
    public void outlived(GrantEntity row, long now) {
        Transitions.outlived(row, now);
        HistoryCause cause = new HistoryCause(Transitions.OUTLIVED, HistorySource.WORKERS);
        history.add(row, HistoryEvent.DISCARDED, cause, now);
    }

    /**
     * Erases the token of a user for whom the provider has no grant left, see {@link Transitions#noGrantLeft}. The row
     * goes afterwards, so only the history can tell whether this is new.
     */
    public void noGrantLeft(GrantEntity row, long now) {
        Transitions.noGrantLeft(row, now);
        HistoryCause cause = because(Transitions.NO_GRANT_LEFT);
        if (!history.endsWith(row.mailbox(), HistoryEvent.DISCARDED, cause)) {
            history.add(row, HistoryEvent.DISCARDED, cause, now);
        }
    }

    /** Erases the token of an account that was unlinked while a worker calls. */
    public void unlinkedInFlight(GrantEntity row, HistoryCause cause, long now) {
        boolean waits = row.handover.isDue();
        Transitions.unlinkedInFlight(row);
        if (waits) {
            history.add(row, HistoryEvent.DISCARDED, cause, now);
        }
    }

    private static HistoryCause because(String reason) {
        return new HistoryCause(reason, HistorySource.SIGN_IN);
    }

    private static boolean failedBy(GrantEntity row, String failureClass) {
        return row.failure()
                .filter(failure -> failureClass.equals(failure.failureClass()))
                .isPresent();
    }
}
