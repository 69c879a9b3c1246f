package io.github.keycloaknylas.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The URL-encoded parameters of a query or a form.
 *
 * @param values by name, decoded
 */
public record Parameters(Map<String, String> values) {

    /**
     * Decodes a query or the body of a form. Of a parameter that is repeated, the first value counts.
     *
     * @param encoded may be null or empty
     */
    public static Parameters parse(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                String[] parts = pair.split("=", 2);
                values.putIfAbsent(
                        URLDecoder.decode(parts[0], UTF_8),
                        parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
            }
        }
        return new Parameters(values);
    }

    /** Looks a parameter up; an empty one counts as not given. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** {@return the parameters encoded as in a query or a form} */
    public String encoded() {
        return values.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(joining("&"));
    }
}
