package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.IdentityMatch;
import io.github.keycloaknylas.mail.MailProvider;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state transitions of a mailbox. Every change of a row's state is a method of this class or of {@link
 * ReportedGrants}; each takes the time in milliseconds since the epoch and runs in the transaction of a worker, never
 * in that of a login.
 */
public final class Transitions {

    /** Nylas returned another mailbox than the expected one. */
    public static final String OTHER_MAILBOX = "other_mailbox";
    /** Another user, maybe of another realm, holds the grant that Nylas returned. */
    public static final String HELD_BY_ANOTHER = "held_by_another";
    /** The token waited for longer than its retention. */
    public static final String OUTLIVED = "token_outlived";

    /** The provider has its maximum number of grants. */
    public static final String NO_GRANT_LEFT = "no_grant_left";
    /** Other handovers may take the last grants of the provider. */
    public static final String BEHIND_OTHERS = "behind_others";

    private Transitions() {}

    /**
     * Returns whether a token that a completed login supplied is to be handed over. The newest wins by the time of its
     * capture: an older login may complete later. Where a sign-in is what the mailbox needs, a token that seems a
     * little older is taken too: the clocks of two nodes may differ, and the user has just done what was asked. Any
     * sign-in replaces a backfilled token, whose time says when it was found and not when it was issued.
     */
    public static boolean accepts(GrantEntity row, SealedToken token) {
        if (row.handover.isBackfilled()) {
            return true;
        }
        return needsSignIn(row)
                ? row.handover.mayBeNewer(token.capturedAt())
                : row.handover.isNewer(token.capturedAt());
    }

    /** Takes over the token of a completed login, which {@link #accepts} has permitted. */
    public static void merge(GrantEntity row, SealedToken token, ExpectedIdentity identity, String userId, long now) {
        row.handover.wait(token, row.mailbox().lane(token.keyId()), Priority.SIGN_IN, now);
        row.expected = ExpectedIdentityJson.write(identity);
        row.linkGoneAt = null;
        if (!userId.equals(row.userId())) {
            row.belongTo(userId);
            row.attribute.require(now);
        }
    }

    /**
     * Takes over a token that Keycloak has stored, for a mailbox that the ledger did not know. It is handed over after
     * everything else.
     */
    public static void backfill(GrantEntity row, SealedToken token, ExpectedIdentity identity, long now) {
        row.handover.wait(token, row.mailbox().lane(token.keyId()), Priority.BACKFILL, now);
        row.expected = ExpectedIdentityJson.write(identity);
    }

    private static boolean needsSignIn(GrantEntity row) {
        return !row.handover.isDue()
                && row.state().filter(state -> state != GrantState.CONNECTED).isPresent();
    }

    /** Records a successful handover: the token is at Nylas and the grant belongs to this user. */
    public static void connected(GrantEntity row, ConnectedGrant grant, long handedOverAt, long now) {
        settle(row, handedOverAt, now, changed -> {
            enter(changed, GrantState.CONNECTED, now);
            changed.grant = grant;
            changed.grantHash = grant.hash();
            changed.connectionHash = grant.connection().hash();
            changed.failure = null;
            changed.expiredAt = null;
        });
    }

    /** Records a grant that this user may not have, so that no application sees it. */
    public static void held(GrantEntity row, ConnectedGrant grant, String reason, long handedOverAt, long now) {
        settle(row, handedOverAt, now, changed -> {
            enter(changed, GrantState.HELD, now);
            if (changed.grantHash == null) {
                changed.grant = grant;
            }
            changed.failure = LastFailure.of(reason, now);
        });
    }

    /**
     * Records that the provider or Nylas refused the token: the user has to sign in again. A known grant keeps its ID.
     */
    public static void refused(GrantEntity row, LastFailure failure, long handedOverAt, long now) {
        if (!row.handover.isDue()) {
            row.handover.release(now);
            return;
        }
        settle(row, handedOverAt, now, changed -> reconnect(changed, failure, now));
    }

    /** Records that the token could not be handed over within its retention. */
    public static void outlived(GrantEntity row, long now) {
        row.handover.release(now);
        row.handover.erase();
        reconnect(row, LastFailure.of(OUTLIVED, now), now);
        row.attribute.require(now);
    }

    /** Records an attempt that failed temporarily. */
    public static void postponed(GrantEntity row, LastFailure failure, long handedOverAt, long until, long now) {
        row.handover.postpone(handedOverAt, until, now);
        row.handover.attempts++;
        row.failure = failure;
    }

    /** Records a call that was refused for this mailbox alone. */
    public static void refusedForRow(GrantEntity row, LastFailure failure, long handedOverAt, long until, long now) {
        row.handover.postpone(handedOverAt, until, now);
        row.handover.refusals++;
        row.failure = failure;
    }

    /** Records that the row waits for a setting or for a circuit breaker, which does not count as an attempt. */
    public static void waiting(GrantEntity row, LastFailure failure, long now) {
        row.handover.release(now);
        row.failure = failure;
    }

    /** Erases the token of a user for whom the provider has no grant left. */
    public static void noGrantLeft(GrantEntity row, long now) {
        row.handover.release(now);
        row.handover.erase();
        row.failure = LastFailure.of(NO_GRANT_LEFT, now);
        // The attribute is not changed by this: once it is written, a row without anything is removed.
        row.attribute.require(now);
    }

    /** Records that the row waits for the handovers of others, which does not count as an attempt. */
    public static void behindOthers(GrantEntity row, long handedOverAt, long until, long now) {
        row.handover.postpone(handedOverAt, until, now);
        row.failure = LastFailure.of(BEHIND_OTHERS, now);
    }

    /** Records that a lease was returned without an attempt. */
    public static void givenBack(GrantEntity row, long now) {
        row.handover.release(now);
    }

    /** Erases the token of an account that was unlinked while a worker calls; the rest follows after the call. */
    public static void unlinkedInFlight(GrantEntity row) {
        row.handover.erase();
    }

    /**
     * Moves the row to the new alias of a renamed provider.
     *
     * @param token the waiting token, if any, sealed for the new alias
     */
    public static void renamed(GrantEntity row, String alias, Optional<SealedToken> token, long now) {
        row.under(alias);
        token.ifPresent(again -> row.handover.reseal(again, row.mailbox().lane(again.keyId())));
        row.attribute.require(now);
    }

    /** Records that an administrator gave the grant that was held back to the row's user. */
    static void accepted(GrantEntity row, ConnectedGrant grant, long now) {
        enter(row, GrantState.CONNECTED, now);
        row.grantHash = grant.hash();
        row.connectionHash = grant.connection().hash();
        row.acceptedHash = grant.mailboxHash();
        row.failure = null;
        row.expiredAt = null;
        row.attribute.require(now);
    }

    /** Makes the next attempt due now, with the priority of a sign-in. */
    static void retried(GrantEntity row, long now) {
        row.handover.retry(now);
        if (row.attribute.due) {
            row.attribute.require(now);
        }
    }

    /** Removes the grant of a row, so that applications no longer see it. */
    static void withoutGrant(GrantEntity row, long now) {
        enter(row, GrantState.ABSENT, now);
        row.acceptedHash = null;
        row.grant = null;
        row.grantHash = null;
        row.connectionHash = null;
        row.failure = null;
        row.expiredAt = null;
        row.attribute.require(now);
    }

    /** Records whether the link to the account exists. */
    public static void linkSeen(GrantEntity row, boolean linked, long now) {
        if (linked) {
            row.linkGoneAt = null;
        } else if (row.linkGoneAt == null) {
            row.linkGoneAt = now;
        }
    }

    /** Schedules the user's attribute to be written again. */
    public static void attributeDue(GrantEntity row, long now) {
        if (!row.attribute.due) {
            row.attribute.require(now);
        }
    }

    /**
     * Records that the user's attributes show the state in the ledger.
     *
     * @param name name of the attribute that shows the grant ID; null if nothing is shown
     * @param value the grant ID; null if there is none to show
     */
    public static void attributeWritten(GrantEntity row, String userId, String name, String value) {
        row.attribute.done(userId, name, value);
    }

    /** Records that the user's attribute could not be written for now. */
    public static void attributePostponed(GrantEntity row, long until) {
        row.attribute.postpone(until);
    }

    /** Returns whether a sign-in names another person than the row's last one: two known IDs that differ. */
    public static boolean isOtherPerson(GrantEntity row, ExpectedIdentity identity, MailProvider provider) {
        return row.expectedIdentity().isOtherPerson(identity, provider);
    }

    static boolean isConfirmedById(GrantEntity row, MailProvider provider) {
        return row.grant()
                .filter(grant ->
                        row.expectedIdentity().compare(grant.providerUserId(), null, provider) == IdentityMatch.SAME_ID)
                .isPresent();
    }

    static void reconnect(GrantEntity row, LastFailure failure, long now) {
        if (row.is(GrantState.CONNECTED)) {
            row.expiredAt = now;
        }
        enter(row, GrantState.RECONNECT, now);
        row.failure = failure;
    }

    static void enter(GrantEntity row, GrantState state, long now) {
        if (!Objects.equals(row.state, state.name()) || state == GrantState.HELD) {
            row.stateAt = now;
        }
        row.state = state.name();
    }

    private static void settle(GrantEntity row, long handedOverAt, long now, Consumer<GrantEntity> change) {
        change.accept(row);
        // The worker that records the result writes the attribute next, under the same lease.
        row.attribute.require(Objects.requireNonNullElse(row.handover.leaseUntil, now));
        row.handover.settle(handedOverAt, now);
    }
}
