package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * Why the last attempt failed. Never contains a response body.
 *
 * @param failureClass what kind of failure it was
 * @param type {@code error.type} of Nylas
 * @param status HTTP status
 * @param requestId Nylas' request ID, for its support
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

    /** Returns whether Nylas may have carried out the request all the same. */
    public boolean isInconclusive() {
        return TEMPORARY.equals(failureClass);
    }

    /** Creates a failure that is not based on a response of Nylas. */
    public static LastFailure of(String failureClass, long at) {
        return new LastFailure(failureClass, null, null, null, at);
    }
}
