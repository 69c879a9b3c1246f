package io.github.keycloaknylas.monitoring;

import io.github.keycloaknylas.nylas.CallObserver;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Counts and times each request to Nylas, and makes it a span if Keycloak traces. */
public final class ObservedCalls implements CallObserver {

    private static final Logger LOG = Logger.getLogger(ObservedCalls.class);

    private final CallObserver spans;

    ObservedCalls(CallObserver spans) {
        this.spans = spans;
    }

    /** Creates an observer that may outlive the session. */
    public static CallObserver of(KeycloakSession session) {
        try {
            return new ObservedCalls(CallSpans.of(session));
        } catch (RuntimeException | LinkageError e) {
            // A server without OpenTelemetry: nothing depends on it but the spans.
            LOG.debug("Calls to Nylas are not traced", e);
            return new ObservedCalls(NONE);
        }
    }

    @Override
    public Call begin(String operation) {
        Call span = spans.begin(operation);
        long start = System.nanoTime();
        return (outcome, httpStatus) -> {
            Meters.call(operation, outcome, Duration.ofNanos(System.nanoTime() - start));
            span.end(outcome, httpStatus);
        };
    }
}
