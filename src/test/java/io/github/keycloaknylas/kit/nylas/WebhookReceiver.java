package io.github.keycloaknylas.kit.nylas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloaknylas.testkit.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/** The other end of a webhook: repeats challenges, keeps what it receives and answers as a test says. */
final class WebhookReceiver implements AutoCloseable {

    private static final String CHALLENGE = "challenge=";

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<String> challenges = new CopyOnWriteArrayList<>();
    final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    UnaryOperator<Answer> challenged = UnaryOperator.identity();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return url("/hook");
    }

    URI url(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    /** Answers the next notifications, one status for each; all others get 200. */
    WebhookReceiver answering(int... statuses) {
        for (int status : statuses) {
            answers.add(Answer.of(status, "no"));
        }
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query = exchange.getRequestURI().getRawQuery();
            if (exchange.getRequestMethod().equals("GET") && query != null && query.contains(CHALLENGE)) {
                String challenge = query.substring(query.indexOf(CHALLENGE) + CHALLENGE.length());
                challenges.add(challenge);
                challenged.apply(Answer.of(200, challenge)).send(exchange, closed);
                return;
            }
            received.add(new Received(exchange.getRequestHeaders(), body));
            Answer scripted = answers.poll();
            (scripted == null ? Answer.of(200, "ok") : scripted).send(exchange, closed);
        }
    }

    /** A notification as it arrived. */
    record Received(Headers headers, byte[] body) {

        JsonNode json() {
            return Json.read(new String(body, UTF_8));
        }

        JsonNode unzipped() throws IOException {
            return Json.read(new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), UTF_8));
        }

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** What to answer. */
    record Answer(int status, String body, boolean chunked, boolean silent, String retryAfter) {

        static Answer of(int status, String body) {
            return new Answer(status, body, false, false, null);
        }

        Answer body(String other) {
            return new Answer(status, other, chunked, silent, retryAfter);
        }

        Answer status(int other) {
            return new Answer(other, body, chunked, silent, retryAfter);
        }

        Answer inChunks() {
            return new Answer(status, body, true, silent, retryAfter);
        }

        Answer never() {
            return new Answer(status, body, chunked, true, retryAfter);
        }

        Answer retryAfter(String value) {
            return new Answer(status, body, chunked, silent, value);
        }

        private void send(HttpExchange exchange, CountDownLatch closed) throws IOException {
            if (silent) {
                awaitQuietly(closed);
                return;
            }
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, chunked ? 0 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
