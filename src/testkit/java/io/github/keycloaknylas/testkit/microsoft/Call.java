package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.keycloaknylas.testkit.http.Parameters;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** One request; {@code urls} are the addresses under which the caller knows the played Microsoft. */
record Call(String method, URI uri, Headers headers, Parameters query, Parameters body, EntraUrls urls) {

    static Call read(HttpExchange exchange, EntraUrls urls) throws IOException {
        Parameters body = Parameters.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        return of(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body, urls);
    }

    static Call of(String method, URI uri, Headers headers, Parameters body, EntraUrls urls) {
        return new Call(method, uri, headers, Parameters.parse(uri.getRawQuery()), body, urls);
    }

    String path() {
        return uri.getPath();
    }

    Tenant tenant() {
        return new Tenant(path().split("/")[1]);
    }

    /** The credentials of an {@code Authorization} header of this scheme. */
    Optional<String> authorization(String scheme) {
        return Optional.ofNullable(headers.getFirst("Authorization"))
                .filter(value -> value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
                .map(value -> value.substring(scheme.length() + 1).trim());
    }
}
