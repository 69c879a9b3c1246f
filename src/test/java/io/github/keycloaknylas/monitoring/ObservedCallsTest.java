package io.github.keycloaknylas.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.nylas.CallObserver;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.tracing.NoopTracingProvider;
import org.keycloak.tracing.TracingProvider;

/** Each request to Nylas is timed, and is a span if Keycloak traces. */
class ObservedCallsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<SpanData> ended = new ArrayList<>();
    private final SdkTracerProvider tracers = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter()))
            .build();

    private final KeycloakSession session = mock(KeycloakSession.class);

    private SpanExporter exporter() {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                ended.addAll(spans);
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode flush() {
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        };
    }

    @BeforeEach
    void register() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void unregister() {
        Metrics.removeRegistry(registry);
        tracers.close();
    }

    private void keycloakTraces() {
        TracingProvider tracing = mock(TracingProvider.class);
        when(tracing.getTracer("io.github.keycloaknylas")).thenReturn(tracers.get("test"));
        when(session.getProvider(TracingProvider.class)).thenReturn(tracing);
    }

    private Timer timer(String operation, String outcome) {
        return registry.get("nylas.calls")
                .tags("operation", operation, "outcome", outcome)
                .timer();
    }

    @Test
    void aRequestIsCountedAndTimedByItsOperationAndItsOutcome() {
        CallObserver calls = new ObservedCalls(CallObserver.NONE);

        calls.begin("connect").end("done", 200);
        calls.begin("connect").end("done", 200);
        calls.begin("connect").end("temporary", null);

        assertThat(timer("connect", "done").count()).isEqualTo(2);
        assertThat(timer("connect", "done").totalTime(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(timer("connect", "temporary").count()).isEqualTo(1);
    }

    @Test
    void aSpanSaysWhatWasAskedAndHowItEndedAndNothingElse() {
        keycloakTraces();

        ObservedCalls.of(session).begin("delete_grant").end("done", 200);

        assertThat(ended).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("nylas.delete_grant");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(span.getAttributes().asMap())
                    .containsOnly(
                            entry(AttributeKey.stringKey("nylas.operation"), "delete_grant"),
                            entry(AttributeKey.stringKey("nylas.outcome"), "done"),
                            entry(AttributeKey.longKey("http.response.status_code"), 200L));
            assertThat(span.getEvents()).isEmpty();
        });
    }

    @Test
    void aRequestThatFailedIsAnErrorWithItsOutcome() {
        keycloakTraces();

        ObservedCalls.of(session).begin("connect").end("temporary", null);

        assertThat(ended).singleElement().satisfies(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getAttributes().get(AttributeKey.stringKey("nylas.outcome")))
                    .isEqualTo("temporary");
            assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                    .isNull();
        });
    }

    @Test
    void theSpanIsTheCurrentOneOnlyDuringTheRequest() {
        keycloakTraces();

        CallObserver.Call call = ObservedCalls.of(session).begin("connect");
        assertThat(Span.current().getSpanContext().isValid()).isTrue();
        call.end("done", 200);

        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void withoutTracingRequestsAreTimedAllTheSame() {
        when(session.getProvider(TracingProvider.class)).thenReturn(new NoopTracingProvider());
        ObservedCalls.of(session).begin("connect").end("done", 200);

        when(session.getProvider(TracingProvider.class)).thenReturn(null);
        ObservedCalls.of(session).begin("connect").end("done", 200);

        assertThat(timer("connect", "done").count()).isEqualTo(2);
        assertThat(ended).isEmpty();
    }

    @Test
    void aServerWithoutOpenTelemetryIsNotDisturbed() {
        when(session.getProvider(TracingProvider.class))
                .thenThrow(new NoClassDefFoundError("io/opentelemetry/api/trace/Tracer"));

        assertThatCode(() -> ObservedCalls.of(session).begin("connect").end("done", 200))
                .doesNotThrowAnyException();
        assertThat(timer("connect", "done").count()).isEqualTo(1);
    }
}
