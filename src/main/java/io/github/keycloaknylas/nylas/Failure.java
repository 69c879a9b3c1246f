package io.github.keycloaknylas.nylas;

import java.time.Duration;

/**
 * Why a call failed: safe to store, to log and to show to an administrator.
 *
 * @param kind who can resolve it
 * @param reach how far it reaches; set for {@link FailureKind#ADMINISTRATOR}, otherwise null
 * @param type Nylas' error type as sent, at most 100 characters of {@code a-z 0-9 . _ -}; null if there was none or it
 *     was anything else (Nylas: "Error types")
 * @param httpStatus null if no complete answer came
 * @param requestId Nylas' ID of the call, at most 100 characters of {@code A-Z a-z 0-9 _ -}; otherwise null
 * @param retryAfter how long Nylas asked us to wait, zero to one hour; null if it did not ask
 * @param hint what happened and what to do next, in our own words
 */
public record Failure(
        FailureKind kind,
        FailureReach reach,
        String type,
        Integer httpStatus,
        String requestId,
        Duration retryAfter,
        String hint) {

    /** @throws IllegalArgumentException if a reach is missing, or given to a failure that has none */
    public Failure {
        if ((kind == FailureKind.ADMINISTRATOR) != (reach != null)) {
            throw new IllegalArgumentException("A reach belongs to failures that an administrator has to fix");
        }
        type = Sanitizer.type(type);
        requestId = Sanitizer.requestId(requestId);
    }

    /** Returns the same failure without anything that repeats what was sent. */
    Failure without(SentSecrets sent) {
        return new Failure(
                kind, reach, sent.unlessEchoed(type), httpStatus, sent.unlessEchoed(requestId), retryAfter, hint);
    }
}
