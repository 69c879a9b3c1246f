package io.github.keycloaknylas.testkit.nylas;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to webhooks: one attempt, no redirects, a limit for the whole answer. */
final class WebhookClient implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    volatile Duration timeout = Duration.ofSeconds(10);

    WebhookResponse send(WebhookRequest request) {
        try {
            return begin(request).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return WebhookResponse.none("interrupted");
        }
    }

    /** Begins to send; the result never fails. */
    CompletableFuture<WebhookResponse> begin(WebhookRequest request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(request.url())
                .timeout(timeout)
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(http::header);
        CompletableFuture<HttpResponse<byte[]>> sent = HTTP.sendAsync(http.build(), BodyHandlers.ofByteArray());
        underWay.add(sent);
        // The time-out of the JDK's client ends with the headers.
        return sent.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle((response, failure) -> {
            sent.cancel(true);
            underWay.remove(sent);
            return failure == null ? answer(response) : WebhookResponse.none(reason(failure));
        });
    }

    /** Ends the requests under way. */
    @Override
    public void close() {
        underWay.forEach(sent -> sent.cancel(true));
    }

    private static WebhookResponse answer(HttpResponse<byte[]> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new WebhookResponse(response.statusCode(), headers, response.body(), null);
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                ? WebhookResponse.TIMED_OUT
                : cause.toString();
    }
}
