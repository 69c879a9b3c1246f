package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.github.keycloaknylas.testkit.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What is answered, and how much later than at once. */
record Reply(int status, Map<String, String> headers, String text, Duration delay) {

    static Reply json(int status, Object value) {
        return rawJson(status, Json.write(value));
    }

    static Reply rawJson(int status, String json) {
        return of(status, "application/json; charset=utf-8", json);
    }

    static Reply html(int status, String page) {
        return of(status, "text/html; charset=utf-8", page);
    }

    static Reply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    static Reply redirect(String address) {
        return new Reply(302, Map.of("Location", address), "", Duration.ZERO);
    }

    Reply after(Duration later) {
        return new Reply(status, headers, text, later);
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Reply of(int status, String type, String text) {
        return new Reply(status, Map.of("Content-Type", type), text, Duration.ZERO);
    }
}
