package io.github.keycloaknylas.monitoring;

import io.github.keycloaknylas.nylas.CallObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import org.keycloak.models.KeycloakSession;
import org.keycloak.tracing.TracingProvider;

/**
 * Makes each request to Nylas a span of Keycloak's tracing ({@code --tracing-enabled=true}). A span contains neither an
 * ID nor an address: the request itself is a span of Keycloak's HTTP client below it.
 */
final class CallSpans implements CallObserver {

    private static final String TRACER = "io.github.keycloaknylas";
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("nylas.operation");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("nylas.outcome");
    /** As in OpenTelemetry's semantic conventions. */
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final Tracer tracer;

    CallSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The tracer belongs to the server, not to the session. Without tracing, its spans do nothing. */
    static CallObserver of(KeycloakSession session) {
        TracingProvider tracing = session.getProvider(TracingProvider.class);
        return tracing == null ? NONE : new CallSpans(tracing.getTracer(TRACER));
    }

    @Override
    public Call begin(String operation) {
        Span span = tracer.spanBuilder("nylas." + operation)
                .setAttribute(OPERATION, operation)
                .startSpan();
        Scope scope = span.makeCurrent();
        return (outcome, httpStatus) -> {
            scope.close();
            span.setAttribute(OUTCOME, outcome);
            if (httpStatus != null) {
                span.setAttribute(STATUS, httpStatus.longValue());
            }
            if (!CallObserver.DONE.equals(outcome)) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        };
    }
}
