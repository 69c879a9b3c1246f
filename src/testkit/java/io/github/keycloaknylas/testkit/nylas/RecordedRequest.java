package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as received. Its {@link #toString()} shows neither the API key nor the body.
 *
 * @param number counts from 1
 * @param arrivedAt time of arrival
 * @param method such as {@code POST}
 * @param uri path and query as sent, still percent-encoded
 * @param headers names in lower case, without {@code authorization}
 * @param apiKey the Bearer token, empty if there was none
 * @param body the body as text
 * @param requestId {@code request_id} of the response
 * @param status status of the response; 0 as long as there is none
 */
public record RecordedRequest(
        int number,
        Instant arrivedAt,
        String method,
        URI uri,
        Map<String, List<String>> headers,
        Secret apiKey,
        Secret body,
        String requestId,
        int status) {

    /** {@return the path, without the query} */
    public String path() {
        return uri.getRawPath();
    }

    /**
     * Looks a header up.
     *
     * @param name in any case
     * @return its first value, if it was sent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** {@return the {@code settings.refresh_token} of the body, if there is one} */
    public Optional<Secret> refreshToken() {
        try {
            return Optional.ofNullable(Json.read(body.value())
                            .path("settings")
                            .path("refresh_token")
                            .asText(null))
                    .map(Secret::new);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    RecordedRequest answered(int with) {
        return new RecordedRequest(number, arrivedAt, method, uri, headers, apiKey, body, requestId, with);
    }

    @Override
    public String toString() {
        return "#" + number + " " + method + " " + path() + " -> " + (status == 0 ? "unanswered" : status) + " ("
                + requestId + ")";
    }
}
