package io.github.keycloaknylas.nylas;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpMessage;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.utils.DateUtils;
import org.apache.http.impl.client.CloseableHttpClient;

/** Sends one request, once, and reads the response, within a bounded time and a bounded size. */
final class Transport implements AutoCloseable {

    static final int MAX_BODY_BYTES = 256 * 1024;
    private static final int MAX_CONNECT_MILLIS = 10_000;
    private static final Duration MAX_DEADLINE = Duration.ofHours(1);

    private final CloseableHttpClient http;
    private final Duration deadline;
    private final Consumer<Instant> dates;
    private final RequestConfig config;
    private final Watchdog watchdog = new Watchdog();

    /** @param dates receives the time of each response that gives it */
    Transport(CloseableHttpClient http, Duration deadline, Consumer<Instant> dates) {
        if (deadline.toMillis() < 1 || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("The deadline of a Nylas call must be between 1 ms and 1 hour");
        }
        this.http = http;
        this.deadline = deadline;
        this.dates = dates;
        int millis = (int) deadline.toMillis();
        this.config = RequestConfig.custom()
                .setConnectionRequestTimeout(Math.min(millis, MAX_CONNECT_MILLIS))
                .setConnectTimeout(Math.min(millis, MAX_CONNECT_MILLIS))
                .setSocketTimeout(millis)
                .setRedirectsEnabled(false)
                .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
                .build();
    }

    /**
     * @param spent how much of the deadline an earlier request of the same call took
     * @param mostBytes longest body that is read
     */
    NylasResponse exchange(HttpRequestBase request, Duration spent, int mostBytes) throws IOException {
        request.setConfig(config);
        Future<?> abort = watchdog.abortAfter(deadline.minus(spent), request);
        try (CloseableHttpResponse response = http.execute(request, new SingleAttempt())) {
            date(response).ifPresent(dates);
            return NylasResponse.of(
                    response.getStatusLine().getStatusCode(),
                    header(response, "X-Request-Id"),
                    header(response, HttpHeaders.RETRY_AFTER),
                    body(response.getEntity(), mostBytes));
        } finally {
            abort.cancel(false);
        }
    }

    private static Optional<Instant> date(HttpMessage message) {
        return Optional.ofNullable(header(message, HttpHeaders.DATE))
                .map(DateUtils::parseDate)
                .map(Date::toInstant);
    }

    private static String header(HttpMessage message, String name) {
        Header header = message.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Reads the body. One beyond the limit counts as none. */
    private static byte[] body(HttpEntity entity, int mostBytes) throws IOException {
        InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
        byte[] bytes = content.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            // Deliberately not closed: that would read the rest. Closing the response drops the connection instead.
            return new byte[0];
        }
        content.close();
        return bytes;
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
