package io.github.keycloaknylas.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response.
 *
 * @param status the HTTP status
 * @param headers by name
 * @param body the body as text
 * @param delay how long {@link WebServer} waits before it sends the response
 */
public record Response(int status, Map<String, String> headers, String body, Duration delay) {

    /** {@return a response without a body} */
    public static Response empty(int status) {
        return new Response(status, Map.of(), "", Duration.ZERO);
    }

    /** {@return a response with a body} */
    public static Response of(int status, String contentType, String body) {
        return new Response(status, Map.of("Content-Type", contentType), body, Duration.ZERO);
    }

    /** {@return a value as {@code application/json}} */
    public static Response json(int status, Object value) {
        return of(status, "application/json", Json.write(value));
    }

    /** {@return a page} */
    public static Response html(int status, String page) {
        return of(status, "text/html; charset=utf-8", page);
    }

    /** {@return plain text} */
    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    /** {@return a redirect by status 302} */
    public static Response redirect(String address) {
        return empty(302).with("Location", address);
    }

    /** {@return the same response with one more header} */
    public Response with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Response(status, all, body, delay);
    }

    /** {@return the same response, sent later} */
    public Response after(Duration later) {
        return new Response(status, headers, body, later);
    }

    /** {@return the body as it is sent} */
    public byte[] bytes() {
        return body.getBytes(UTF_8);
    }

    /** Sends status and headers; {@code length} as {@link HttpExchange#sendResponseHeaders} takes it. */
    public void begin(HttpExchange exchange, long length) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, length);
    }

    /** Sends all of the response. */
    public void send(HttpExchange exchange) throws IOException {
        byte[] bytes = bytes();
        begin(exchange, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
