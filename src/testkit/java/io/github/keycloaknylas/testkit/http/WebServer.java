package io.github.keycloaknylas.testkit.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers requests in parallel and does not keep the JVM alive. */
public final class WebServer implements AutoCloseable {

    private final String name;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Creates a server from one that is bound, but not started.
     *
     * @param name for its threads and its own failures
     */
    public WebServer(String name, HttpServer server) {
        this.name = name;
        this.server = server;
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
    }

    /** Binds a server without TLS; port 0 takes a free one. */
    public static WebServer plain(String name, InetSocketAddress address) throws IOException {
        return new WebServer(name, HttpServer.create(address, 0));
    }

    /** {@return where it listens} */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** {@return its threads, for work that ends with it} */
    public Executor threads() {
        return threads;
    }

    /** Leaves the paths with this prefix to a handler that deals with the exchange itself. */
    public void exchange(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    /** Starts the server; the handler receives the requests for all other paths. */
    public void start(Handler handler) {
        exchange("/", exchange -> {
            Response response = response(handler, Request.read(exchange)).with("Cache-Control", "no-store");
            if (response.delay().isZero()) {
                send(response, exchange);
            } else {
                CompletableFuture.delayedExecutor(response.delay().toMillis(), MILLISECONDS, threads)
                        .execute(() -> send(response, exchange));
            }
        });
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Response response(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            return Response.text(500, name + " failed: " + e + "\n");
        }
    }

    private static void send(Response response, HttpExchange exchange) {
        try (exchange) {
            response.send(exchange);
        } catch (IOException e) {
            // The client did not wait for the response, which is what some tests are about.
        }
    }
}
