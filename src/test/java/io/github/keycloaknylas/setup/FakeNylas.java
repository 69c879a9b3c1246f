package io.github.keycloaknylas.setup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Nylas as far as the set-up call asks it: the application and its Microsoft connector. */
public final class FakeNylas implements AutoCloseable {

    public record Reply(int status, String body) {}

    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final List<Throwable> failures = new CopyOnWriteArrayList<>();
    public volatile Runnable onRequest = () -> {};
    public volatile Reply application = new Reply(
            200,
            "{\"request_id\":\"r-1\",\"data\":{\"application_id\":\"app-1\",\"region\":\"us\","
                    + "\"environment\":\"production\"}}");
    public volatile Reply connector = connector(Samples.CLIENT, "User.Read Mail.Read Calendars.Read offline_access");

    private final HttpServer server;

    FakeNylas() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/applications", exchange -> answer(exchange, application));
        server.createContext("/v3/connectors/microsoft", exchange -> answer(exchange, connector));
        server.start();
    }

    static Reply connector(String clientId, String scopes) {
        return new Reply(
                200,
                "{\"request_id\":\"r-2\",\"data\":{\"provider\":\"microsoft\",\"settings\":{\"client_id\":\"" + clientId
                        + "\",\"tenant\":\"common\"},\"scope\":\"" + scopes + "\"}}");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, Reply reply) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        try {
            onRequest.run();
        } catch (AssertionError failure) {
            failures.add(failure);
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
