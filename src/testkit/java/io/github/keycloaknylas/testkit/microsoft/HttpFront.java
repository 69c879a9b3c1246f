package io.github.keycloaknylas.testkit.microsoft;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;

/** One door to an endpoint: a listening socket, with or without TLS. */
final class HttpFront implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = DaemonThreads.named("played-microsoft");

    private HttpFront(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    static HttpFront plain(InetSocketAddress address) throws IOException {
        return new HttpFront(HttpServer.create(address, 0));
    }

    static HttpFront tls(InetSocketAddress address, SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new HttpFront(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Starts answering; {@code urls} are the addresses by which callers come to this door. */
    void open(Endpoint endpoint, EntraUrls urls) {
        server.createContext("/", exchange -> {
            Reply reply = answer(endpoint, exchange, urls);
            if (reply.delay().isZero()) {
                send(reply, exchange);
            } else {
                CompletableFuture.delayedExecutor(reply.delay().toMillis(), MILLISECONDS, threads)
                        .execute(() -> send(reply, exchange));
            }
        });
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Reply answer(Endpoint endpoint, HttpExchange exchange, EntraUrls urls) throws IOException {
        try {
            return endpoint.answer(Call.read(exchange, urls));
        } catch (RuntimeException e) {
            return Reply.text(500, "The played Microsoft stumbled: " + e + "\n");
        }
    }

    private static void send(Reply reply, HttpExchange exchange) {
        try (exchange) {
            reply.send(exchange);
        } catch (IOException e) {
            // Whoever asked did not wait for the answer, which is what some tests are about.
        }
    }
}
