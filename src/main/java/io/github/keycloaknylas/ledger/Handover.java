package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The token of a mailbox that waits to be handed over, when it is due, and the lease of the worker that calls. */
@Embeddable
class Handover {

    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    @Column(name = "HANDOVER_STATE", length = 32, nullable = false)
    String state = HandoverState.NONE.name();

    @Column(name = "SEALED_TOKEN", length = Integer.MAX_VALUE)
    String sealedToken;

    @Column(name = "SEAL_KEY_ID", length = 255)
    String sealKeyId;

    /** Kept after the token is erased: an older login may complete later and must not win. */
    @Column(name = "TOKEN_AT")
    Long tokenAt;

    @Column(name = "LANE", length = 64)
    String lane;

    @Column(name = "PRIORITY", nullable = false)
    int priority;

    @Column(name = "ATTEMPTS", nullable = false)
    int attempts;

    /**
     * Calls that were refused for this row alone. Counted separately, since they wait much longer than
     * temporary failures.
     */
    @Column(name = "REFUSALS", nullable = false)
    int refusals;

    /** The end of the lease while a worker holds it, so that leased rows are not found. */
    @Column(name = "NEXT_AT")
    Long nextAt;

    @Column(name = "LEASE_TOKEN", length = 36)
    String leaseToken;

    @Column(name = "LEASE_UNTIL")
    Long leaseUntil;

    boolean isNewer(long capturedAt) {
        return tokenAt == null || capturedAt > tokenAt;
    }

    /** Returns whether it may be newer, given that the clocks of two nodes may differ. */
    boolean mayBeNewer(long capturedAt) {
        return tokenAt == null || capturedAt > tokenAt - CLOCKS_APART.toMillis();
    }

    void wait(SealedToken token, String inLane, Priority in, long now) {
        state = HandoverState.DUE.name();
        sealedToken = token.text();
        sealKeyId = token.keyId();
        tokenAt = token.capturedAt();
        lane = inLane;
        priority = in.ordinal();
        attempts = 0;
        refusals = 0;
        nextAt = isLeased(now) ? leaseUntil : Long.valueOf(now);
    }

    /** Replaces the text of the waiting token, which stays the same token. */
    void reseal(SealedToken token, String inLane) {
        sealedToken = token.text();
        sealKeyId = token.keyId();
        lane = inLane;
    }

    /** Erases the token that was handed over; a newer one that was captured meanwhile is due at once. */
    void settle(long handedOverAt, long now) {
        release(now);
        if (Objects.equals(tokenAt, handedOverAt)) {
            erase();
        }
    }

    void erase() {
        state = HandoverState.NONE.name();
        sealedToken = null;
        sealKeyId = null;
        lane = null;
        attempts = 0;
        refusals = 0;
        nextAt = null;
    }

    /** Postpones the next attempt. A token newer than the one that failed is due at once, since it may well work. */
    void postpone(long handedOverAt, long until, long now) {
        release(now);
        if (Objects.equals(tokenAt, handedOverAt)) {
            priority = Math.max(priority, Priority.RETRY.ordinal());
            nextAt = isDue() ? Long.valueOf(until) : null;
        }
    }

    /** Makes the waiting token due now, as if the user had just signed in. */
    void retry(long now) {
        if (isDue() && !isLeased(now)) {
            release(now);
            priority = Priority.SIGN_IN.ordinal();
            attempts = 0;
            refusals = 0;
        }
    }

    boolean isLeased(long now) {
        return leaseToken != null && leaseUntil > now;
    }

    void release(long now) {
        leaseToken = null;
        leaseUntil = null;
        nextAt = isDue() ? Long.valueOf(now) : null;
    }

    /** Returns whether the token that waits is one that Keycloak had stored. */
    boolean isBackfilled() {
        return isDue() && priority == Priority.BACKFILL.ordinal();
    }

    boolean isDue() {
        return HandoverState.DUE.name().equals(state);
    }

    Optional<SealedToken> token() {
        return Optional.ofNullable(sealedToken).map(text -> new SealedToken(text, sealKeyId, tokenAt));
    }
}
