package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;

/** Names a call to Nylas that failed. */
final class NylasFailures {

    private static final int UNAUTHORIZED = 401;

    private NylasFailures() {}

    static void report(Failure failure, String alias, Findings findings) {
        findings.problem(code(failure), alias, what(failure), failure.hint());
    }

    private static Code code(Failure failure) {
        if (failure.kind() == FailureKind.TEMPORARY) {
            return Code.NYLAS_UNREACHABLE;
        }
        if (failure.reach() == FailureReach.CREDENTIAL) {
            return Code.CONNECTOR_MISSING;
        }
        boolean unauthorized = failure.httpStatus() != null && failure.httpStatus() == UNAUTHORIZED;
        return unauthorized ? Code.API_KEY_REFUSED : Code.NYLAS_REFUSED;
    }

    private static String what(Failure failure) {
        if (failure.httpStatus() == null) {
            return "Nylas could not be asked.";
        }
        String type = failure.type() == null ? "" : ", " + failure.type();
        String request = failure.requestId() == null ? "" : ", request " + failure.requestId();
        return "Nylas answered with an error (HTTP " + failure.httpStatus() + type + request + ").";
    }
}
