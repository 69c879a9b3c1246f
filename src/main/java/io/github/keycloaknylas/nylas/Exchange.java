package io.github.keycloaknylas.nylas;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.http.client.methods.HttpRequestBase;

/** Sends one request and reads what was asked for, or classifies why it is missing. */
final class Exchange {

    /** The outcome of a request that ended with an error of Java. */
    private static final String BROKEN = "broken";

    private final Transport transport;
    private final CallObserver observer;

    Exchange(Transport transport, CallObserver observer) {
        this.transport = transport;
        this.observer = observer;
    }

    private record Answer<T>(CallResult<T> result, Integer status) {

        String outcome() {
            return result instanceof CallResult.Failed<T> failed
                    ? failed.failure().kind().name().toLowerCase(Locale.ROOT)
                    : CallObserver.DONE;
        }
    }

    /** @param spent how much of the deadline an earlier request of the same call took */
    <T> CallResult<T> ask(
            ApiOperation operation,
            NylasProvider provider,
            HttpRequestBase request,
            SentSecrets sent,
            Function<NylasResponse, Optional<T>> reader,
            Duration spent) {
        CallObserver.Call call = observer.begin(operation.code());
        Answer<T> answer = null;
        try {
            answer = send(operation, provider, request, sent, reader, spent);
            return answer.result();
        } finally {
            call.end(answer == null ? BROKEN : answer.outcome(), answer == null ? null : answer.status());
        }
    }

    private <T> Answer<T> send(
            ApiOperation operation,
            NylasProvider provider,
            HttpRequestBase request,
            SentSecrets sent,
            Function<NylasResponse, Optional<T>> reader,
            Duration spent) {
        NylasResponse response;
        try {
            response = transport.exchange(request, spent, operation.mostBytes()).without(sent);
        } catch (IOException | RuntimeException broken) {
            // Runtime exceptions too: a connection pool that is shutting down throws IllegalStateException.
            return new Answer<>(new CallResult.Failed<>(TransportFailures.of(broken, request.isAborted())), null);
        }
        Optional<T> value = reader.apply(response);
        CallResult<T> result = value.isPresent()
                ? new CallResult.Done<>(value.get(), response.requestId())
                : new CallResult.Failed<>(new ErrorClassifier(provider)
                        .classify(operation, response, Instant.now())
                        .without(sent));
        return new Answer<>(result, response.status());
    }
}
