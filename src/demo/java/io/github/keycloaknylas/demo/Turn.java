package io.github.keycloaknylas.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request of a browser, and the answer to it. */
record Turn(HttpExchange exchange) implements AutoCloseable {

    String path() {
        return exchange.getRequestURI().getPath();
    }

    Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (String pair : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
        }
        return query;
    }

    Optional<String> cookie(String name) {
        Pattern pair = Pattern.compile("(?:^|; ?)" + name + "=([^;]*)");
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .map(pair::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    void setCookie(String name, String value) {
        exchange.getResponseHeaders().add("Set-Cookie", name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax");
    }

    void go(URI where) throws IOException {
        exchange.getResponseHeaders().set("Location", where.toString());
        exchange.sendResponseHeaders(302, -1);
    }

    void show(int status, String html) throws IOException {
        byte[] body = html.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
