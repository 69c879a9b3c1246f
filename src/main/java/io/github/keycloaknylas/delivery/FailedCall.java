package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.limits.CallPermit;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import java.time.Duration;
import java.util.Optional;

/** Reports a failed call about an existing grant to the circuit breakers. */
final class FailedCall {

    private FailedCall() {}

    /** @param rowId identifies what the call was about */
    static void report(Failure failure, CallPermit permit, String rowId) {
        if (failure.kind() == FailureKind.TEMPORARY) {
            pause(failure).ifPresentOrElse(permit::paused, () -> permit.troubled(rowId));
        } else if (failure.reach() == FailureReach.CONNECTION) {
            permit.refusedConnection();
        } else if (failure.reach() == FailureReach.CREDENTIAL) {
            permit.refusedCredential();
        } else {
            permit.succeeded();
        }
    }

    /** Returns how long Nylas asked to wait. */
    static Optional<Duration> pause(Failure failure) {
        return Optional.ofNullable(failure.retryAfter()).filter(pause -> !pause.isZero());
    }
}
