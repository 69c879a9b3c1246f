package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.setup.NylasFailures;
import io.github.keycloaknylas.setup.RefusedCallException;
import jakarta.ws.rs.core.Response.Status;

/** Unwraps what Nylas answered about webhooks. */
final class WebhookAnswers {

    private WebhookAnswers() {}

    static <T> T required(CallResult<T> result) throws RefusedCallException {
        if (result instanceof CallResult.Done<T> done) {
            return done.value();
        }
        throw refused(((CallResult.Failed<T>) result).failure());
    }

    static RefusedCallException refused(Failure failure) {
        return new RefusedCallException(
                failure.kind() == FailureKind.TEMPORARY ? Status.BAD_GATEWAY : Status.CONFLICT,
                NylasFailures.what(failure) + " " + failure.hint());
    }

    /** Returns whether Nylas may have done what it was asked to, although that is not known. */
    static boolean isOpen(CallResult<?> result) {
        return result instanceof CallResult.Failed<?> failed && failed.failure().kind() == FailureKind.TEMPORARY;
    }
}
