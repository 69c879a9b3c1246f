package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.nylas.Failure;
import java.util.Locale;

/** Converts failed calls to the form in which the ledger records them. */
final class Failures {

    private Failures() {}

    static LastFailure recorded(Failure failure, long now) {
        return new LastFailure(
                failure.kind().name().toLowerCase(Locale.ROOT),
                failure.type(),
                failure.httpStatus(),
                failure.requestId(),
                now);
    }
}
