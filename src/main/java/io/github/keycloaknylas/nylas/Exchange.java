package io.github.keycloaknylas.nylas;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.http.client.methods.HttpRequestBase;

/** Sends one request and reads what was asked for, or classifies why it is missing. */
final class Exchange {

    private final Transport transport;

    Exchange(Transport transport) {
        this.transport = transport;
    }

    /** @param spent how much of the deadline an earlier request of the same call took */
    <T> CallResult<T> ask(
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
            return new CallResult.Failed<>(TransportFailures.of(broken, request.isAborted()));
        }
        Optional<T> value = reader.apply(response);
        return value.isPresent()
                ? new CallResult.Done<>(value.get(), response.requestId())
                : new CallResult.Failed<>(new ErrorClassifier(provider)
                        .classify(operation, response, Instant.now())
                        .without(sent));
    }
}
