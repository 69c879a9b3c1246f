package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The waiting token of a mailbox, when it is due, and who is handing it over. */
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

    /** Name of the connection that the token waits for: where that connection is blocked, the row is not even read. */
    @Column(name = "WAITS_FOR", length = 600)
    @Convert(converter = EscapedText.class)
    String waitsFor;

    @Column(name = "WAITS_FOR_FINGERPRINT", length = 64)
    String waitsForFingerprint;

    @Column(name = "ATTEMPTS", nullable = false)
    int attempts;

    @Column(name = "NEXT_AT")
    Long nextAt;

    @Column(name = "LEASE_TOKEN", length = 36)
    String leaseToken;

    @Column(name = "LEASE_UNTIL")
    Long leaseUntil;

    boolean isNewer(long capturedAt) {
        return tokenAt == null || capturedAt > tokenAt;
    }

    /** Whether it may be, as far as the clocks of two nodes tell. */
    boolean mayBeNewer(long capturedAt) {
        return tokenAt == null || capturedAt > tokenAt - CLOCKS_APART.toMillis();
    }

    void wait(SealedToken token, long now) {
        state = HandoverState.DUE.name();
        sealedToken = token.text();
        sealKeyId = token.keyId();
        tokenAt = token.capturedAt();
        attempts = 0;
        nextAt = now;
    }

    /** Erases the token that was handed over; a newer one that came in meanwhile goes on waiting. */
    void settle(long handedOverAt) {
        release();
        if (Objects.equals(tokenAt, handedOverAt)) {
            erase();
        }
    }

    void erase() {
        state = HandoverState.NONE.name();
        sealedToken = null;
        sealKeyId = null;
        attempts = 0;
        nextAt = null;
    }

    void postpone(long until) {
        release();
        attempts++;
        nextAt = until;
    }

    String lease(long until) {
        leaseToken = UUID.randomUUID().toString();
        leaseUntil = until;
        return leaseToken;
    }

    boolean isLeased(long now) {
        return leaseToken != null && leaseUntil > now;
    }

    void release() {
        leaseToken = null;
        leaseUntil = null;
    }

    boolean isDue() {
        return HandoverState.DUE.name().equals(state);
    }

    Optional<SealedToken> token() {
        return Optional.ofNullable(sealedToken).map(text -> new SealedToken(text, sealKeyId, tokenAt));
    }
}
