package io.github.keycloaknylas.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.LastFailure;
import java.util.Optional;

/**
 * Why the last attempt failed.
 *
 * @param code kind of failure, as docs/troubleshooting.md lists them
 * @param type {@code error.type} of Nylas
 * @param status HTTP status
 * @param requestId Nylas' request ID, for its support
 * @param at when, in milliseconds since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FailureReport(String code, String type, Integer status, String requestId, Long at) {

    static FailureReport of(Optional<LastFailure> failure) {
        return failure.filter(known -> known.failureClass() != null)
                .map(known -> new FailureReport(
                        known.failureClass(), known.type(), known.status(), known.requestId(), known.at()))
                .orElse(null);
    }
}
