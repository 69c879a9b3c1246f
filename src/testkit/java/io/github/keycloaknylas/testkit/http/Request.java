package io.github.keycloaknylas.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request, read to its end.
 *
 * @param method such as {@code POST}
 * @param uri path and query as sent
 * @param headers names in lower case
 * @param body the body as text
 */
public record Request(String method, URI uri, Map<String, List<String>> headers, String body) {

    /** Reads the request of an exchange. */
    public static Request read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    /** {@return the path, still percent-encoded} */
    public String path() {
        return uri.getRawPath();
    }

    /** {@return the parts of the path, decoded} */
    public List<String> segments() {
        return Arrays.stream(path().split("/"))
                .skip(1)
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), UTF_8))
                .toList();
    }

    /** {@return the parameters in the address} */
    public Parameters query() {
        return Parameters.parse(uri.getRawQuery());
    }

    /** {@return the parameters in the body} */
    public Parameters form() {
        return Parameters.parse(body);
    }

    /** {@return the first value of a header, whose name is given in lower case} */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** {@return the credentials in an {@code Authorization} header of this scheme} */
    public Optional<String> authorization(String scheme) {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
                .map(value -> value.substring(scheme.length() + 1).trim());
    }
}
