package io.github.keycloaknylas.ledger;

import java.util.function.Consumer;
import java.util.function.IntToLongFunction;

/**
 * What can happen to a mailbox whose account is linked; {@link Departures} has the rest. Every change of a row's state is
 * in these two; each takes the time in milliseconds since the epoch and is for the transaction of a worker, never for that
 * of a login.
 */
public final class Transitions {

    /** Nylas answered with a mailbox that is not the expected one. */
    public static final String OTHER_MAILBOX = "other_mailbox";
    /** Another row, maybe of another realm, holds the grant that Nylas answered with. */
    public static final String HELD_BY_ANOTHER = "held_by_another";
    /** The token waited for longer than its retention. */
    public static final String OUTLIVED = "token_outlived";

    private Transitions() {}

    /**
     * A completed login brought a token. The newest wins by the time of its capture: an older login may complete later.
     * Where a sign-in is what the mailbox needs, a token that seems a little older is taken too: the clocks of two nodes
     * may be apart, and its owner has just done what was asked.
     *
     * @return false if the row knows a token at least as new, and nothing was changed
     */
    public static boolean merge(
            GrantEntity row, SealedToken token, ExpectedIdentity identity, String userId, long now) {
        boolean newer = needsSignIn(row)
                ? row.handover.mayBeNewer(token.capturedAt())
                : row.handover.isNewer(token.capturedAt());
        if (!newer) {
            return false;
        }
        row.handover.wait(token, now);
        row.expected = ExpectedIdentityJson.write(identity);
        if (row.is(GrantState.LEAVING)) {
            row.state = GrantState.ABSENT.name();
            row.leavingSince = null;
        }
        bind(row, userId, now);
        return true;
    }

    private static boolean needsSignIn(GrantEntity row) {
        return !row.handover.isDue()
                && row.state().filter(state -> state != GrantState.CONNECTED).isPresent();
    }

    /** The token is at Nylas and the grant is this person's. */
    public static void connected(GrantEntity row, ConnectedGrant grant, long handedOverAt, long now) {
        settle(row, handedOverAt, now, changed -> {
            changed.state = GrantState.CONNECTED.name();
            changed.holds = grant.grantId();
            changed.grant = grant;
            changed.failure = null;
            changed.expiredAt = null;
        });
    }

    /** Nylas answered with a grant that this person may not have: nothing of it is shown to anybody's application. */
    public static void held(GrantEntity row, ConnectedGrant grant, String reason, long handedOverAt, long now) {
        settle(row, handedOverAt, now, changed -> {
            changed.state = GrantState.HELD.name();
            changed.holds = changed.id();
            keep(changed, grant);
            changed.failure = LastFailure.of(reason, now);
        });
    }

    /**
     * Microsoft or Nylas refused the token: its owner has to sign in again. A known grant keeps its id. If the link went
     * meanwhile, the grant is still to be deleted.
     */
    public static void refused(GrantEntity row, LastFailure failure, long handedOverAt, long now) {
        if (row.is(GrantState.LEAVING)) {
            row.handover.release();
            return;
        }
        settle(row, handedOverAt, now, changed -> reconnect(changed, failure, now));
    }

    /** Nobody took the token for as long as it may be kept. */
    public static void outlived(GrantEntity row, long now) {
        row.handover.release();
        row.handover.erase();
        reconnect(row, LastFailure.of(OUTLIVED, now), now);
        row.projection.require(now);
    }

    /** The attempt came to nothing for now. */
    public static void postponed(GrantEntity row, LastFailure failure, long until) {
        row.handover.postpone(until);
        row.failure = failure;
    }

    /** A claim was given back without an attempt. */
    public static void givenBack(GrantEntity row) {
        row.handover.release();
    }

    /** Notes which connection the waiting token is for. */
    public static void routed(GrantEntity row, String connection, String fingerprint) {
        row.handover.waitsFor = connection;
        row.handover.waitsForFingerprint = fingerprint;
    }

    // Where another mailbox is answered, the row goes on knowing its person's own grant: else nobody would delete it.
    static void keep(GrantEntity row, ConnectedGrant answer) {
        boolean other = !isOwn(row, answer)
                && row.grant().filter(known -> isOwn(row, known)).isPresent();
        if (!other) {
            row.grant = answer;
        }
    }

    static boolean isOwn(GrantEntity row, ConnectedGrant grant) {
        return row.expectedIdentity().fits(grant.providerUserId(), grant.email());
    }

    /** The user's attribute could not be written for now. */
    public static void projectionPostponed(GrantEntity row, IntToLongFunction untilAfterAttempts) {
        row.projection.postpone(untilAfterAttempts.applyAsLong(row.projection.attempts));
    }

    static void bind(GrantEntity row, String userId, long now) {
        if (!userId.equals(row.userId)) {
            row.userId = userId;
            row.projection.require(now);
        }
    }

    private static void reconnect(GrantEntity row, LastFailure failure, long now) {
        if (row.is(GrantState.CONNECTED)) {
            row.expiredAt = now;
        }
        row.state = GrantState.RECONNECT.name();
        row.failure = failure;
    }

    private static void settle(GrantEntity row, long handedOverAt, long now, Consumer<GrantEntity> change) {
        change.accept(row);
        row.handover.settle(handedOverAt);
        row.projection.require(now);
    }
}
