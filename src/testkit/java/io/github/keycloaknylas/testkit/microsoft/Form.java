package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** URL-encoded parameters, of a query or a body; an empty one counts as not given. */
public record Form(Map<String, String> values) {

    public static Form parse(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        if (encoded != null) {
            for (String pair : encoded.split("&")) {
                String[] parts = pair.split("=", 2);
                if (parts.length == 2 && !parts[1].isEmpty()) {
                    values.putIfAbsent(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
                }
            }
        }
        return new Form(values);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String get(String name) {
        return find(name).orElseThrow(() -> Aadsts.MISSING.refusal(name));
    }

    public String encoded() {
        return values.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(joining("&"));
    }
}
