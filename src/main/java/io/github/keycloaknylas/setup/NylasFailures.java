package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;

/** Describes failed calls to Nylas. */
public final class NylasFailures {

    private static final int UNAUTHORIZED = 401;

    private NylasFailures() {}

    static void report(Failure failure, String alias, Findings findings) {
        findings.problem(code(failure), alias, what(failure), failure.hint());
    }

    private static FindingCode code(Failure failure) {
        if (failure.kind() == FailureKind.TEMPORARY) {
            return FindingCode.NYLAS_UNREACHABLE;
        }
        if (failure.reach() == FailureReach.CREDENTIAL) {
            return FindingCode.CONNECTOR_MISSING;
        }
        boolean unauthorized = failure.httpStatus() != null && failure.httpStatus() == UNAUTHORIZED;
        return unauthorized ? FindingCode.API_KEY_REFUSED : FindingCode.NYLAS_REFUSED;
    }

    /** Returns what failed, in words for an administrator. */
    public static String what(Failure failure) {
        if (failure.httpStatus() == null) {
            return "Nylas could not be asked.";
        }
        String type = failure.type() == null ? "" : ", " + failure.type();
        String request = failure.requestId() == null ? "" : ", request " + failure.requestId();
        return "Nylas answered with an error (HTTP " + failure.httpStatus() + type + request + ").";
    }
}
