package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * Why the last attempt failed. Never a body of an answer.
 *
 * @param failureClass what kind of failure it was
 * @param type {@code error.type} of Nylas
 * @param status HTTP status
 * @param requestId Nylas' request id, which its support asks for
 * @param at when, in milliseconds since the epoch
 */
@Embeddable
public record LastFailure(
        @Column(name = "FAILURE_CLASS", length = 40) String failureClass,
        @Column(name = "FAILURE_TYPE", length = 100) String type,
        @Column(name = "FAILURE_STATUS") Integer status,
        @Column(name = "FAILURE_REQUEST_ID", length = 100) String requestId,
        @Column(name = "FAILURE_AT") Long at) {

    /** The class of a failure after which the same call may succeed later. */
    public static final String TEMPORARY = "temporary";

    /** Whether Nylas may have done what it was asked to all the same. */
    boolean isInconclusive() {
        return TEMPORARY.equals(failureClass);
    }

    /** A failure that no answer of Nylas tells of. */
    public static LastFailure of(String failureClass, long at) {
        return new LastFailure(failureClass, null, null, null, at);
    }
}
