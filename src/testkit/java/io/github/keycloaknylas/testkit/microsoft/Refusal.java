package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Thrown when a request is refused as Entra would refuse it. */
final class Refusal extends RuntimeException {

    private final transient Aadsts reason;
    private final String traceId = UUID.randomUUID().toString();
    private final String correlationId = UUID.randomUUID().toString();
    private final String timestamp =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');

    Refusal(Aadsts reason, String text) {
        super(text);
        this.reason = reason;
    }

    int status() {
        return reason.status;
    }

    String error() {
        return reason.error;
    }

    String description() {
        return "%s Trace ID: %s Correlation ID: %s Timestamp: %s"
                .formatted(getMessage(), traceId, correlationId, timestamp);
    }

    Response response() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error());
        body.put("error_description", description());
        body.put("error_codes", List.of(reason.code));
        body.put("timestamp", timestamp);
        body.put("trace_id", traceId);
        body.put("correlation_id", correlationId);
        return Entra.json(status(), body);
    }
}
