package io.github.keycloaknylas.ledger;

/**
 * What happens to a mailbox from the moment that the link to its account is gone, until its grant is deleted or the
 * account is linked again. As {@link Transitions}.
 */
public final class Departures {

    private Departures() {}

    /** The link to the account is gone: no token is handed over, nothing is shown, the grant waits to be deleted. */
    public static void leaving(GrantEntity row, long now) {
        row.handover.erase();
        row.state = GrantState.LEAVING.name();
        row.holds = row.id();
        row.leavingSince = now;
        row.projection.require(now);
    }

    /** The answer to a call came after the link was gone: the grant it made has to be deleted as well. */
    public static void connectedTooLate(GrantEntity row, ConnectedGrant grant) {
        Transitions.keep(row, grant);
        row.handover.release();
    }

    /**
     * The account is linked again, maybe to somebody else: the grant goes with the link, if it is this mailbox's.
     *
     * @param free whether nobody else holds the grant meanwhile; otherwise the next login gets one anew
     */
    public static void linked(GrantEntity row, String userId, boolean free, long now) {
        if (row.is(GrantState.LEAVING)) {
            GrantState state = stateOnceLinked(row, free);
            boolean keeps = state == GrantState.CONNECTED || state == GrantState.RECONNECT;
            row.state = state.name();
            row.holds = keeps ? row.grant.grantId() : row.id();
            row.leavingSince = null;
            row.projection.require(now);
        }
        Transitions.bind(row, userId, now);
    }

    // The grant may have been held before, or have come after the link was gone: then nobody has looked whose it is.
    private static GrantState stateOnceLinked(GrantEntity row, boolean free) {
        if (!free || row.grant().isEmpty()) {
            return GrantState.ABSENT;
        }
        if (!Transitions.isOwn(row, row.grant)) {
            return GrantState.HELD;
        }
        return row.expiredAt == null ? GrantState.CONNECTED : GrantState.RECONNECT;
    }

    /** The grant is about to be deleted at Nylas. */
    public static String deletionStarted(GrantEntity row, long until) {
        return row.handover.lease(until);
    }

    /** The grant could not be deleted for now. */
    public static void deletionPostponed(GrantEntity row, long until) {
        row.handover.postpone(until);
    }

    /** The grant is deleted, but the row stays: an attribute is still to be taken back, or the account is linked again. */
    public static void deleted(GrantEntity row, long now) {
        row.grant = null;
        row.failure = null;
        row.holds = row.id();
        row.handover.release();
        row.projection.require(now);
        if (!row.is(GrantState.LEAVING)) {
            row.state = GrantState.ABSENT.name();
        }
    }
}
