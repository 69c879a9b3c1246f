package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.nylas.Failure;
import java.time.Duration;
import java.util.Optional;

/** A pass of the reconciliation that cannot be completed now. */
final class PassBrokenOffException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient LastFailure failure;
    private final transient Duration pause;

    private PassBrokenOffException(LastFailure failure, Duration pause) {
        super(failure.failureClass());
        this.failure = failure;
        this.pause = pause;
    }

    static PassBrokenOffException because(String failureClass, long now) {
        return new PassBrokenOffException(LastFailure.of(failureClass, now), null);
    }

    static PassBrokenOffException after(Failure failure, long now) {
        return new PassBrokenOffException(
                Failures.recorded(failure, now), FailedCall.pause(failure).orElse(null));
    }

    LastFailure failure() {
        return failure;
    }

    /** Returns how long Nylas asked to wait. */
    Optional<Duration> pause() {
        return Optional.ofNullable(pause);
    }
}
