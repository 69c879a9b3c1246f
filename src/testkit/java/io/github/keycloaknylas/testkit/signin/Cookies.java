package io.github.keycloaknylas.testkit.signin;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The cookies of one browser. Like a browser, and unlike Java's own jar, it sends Secure ones to http://localhost. */
final class Cookies {

    private record Key(String host, String path, String name) {}

    private final Map<Key, String> values = new LinkedHashMap<>();

    synchronized void store(URI from, List<String> setCookies) {
        for (String setCookie : setCookies) {
            List<String> parts =
                    Arrays.stream(setCookie.split(";")).map(String::strip).toList();
            String[] pair = parts.get(0).split("=", 2);
            Key key = new Key(from.getHost(), attribute(parts, "Path").orElse("/"), pair[0]);
            if (attribute(parts, "Max-Age").filter("0"::equals).isPresent()) {
                values.remove(key);
            } else {
                values.put(key, pair.length == 2 ? pair[1] : "");
            }
        }
    }

    /** What to send along; empty when there is nothing. */
    synchronized String header(URI to) {
        return values.entrySet().stream()
                .filter(cookie -> fits(cookie.getKey(), to))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private static boolean fits(Key key, URI to) {
        String path = to.getPath().isEmpty() ? "/" : to.getPath();
        return key.host().equals(to.getHost())
                && (path.equals(key.path())
                        || path.startsWith(key.path().endsWith("/") ? key.path() : key.path() + "/"));
    }

    private static Optional<String> attribute(List<String> parts, String name) {
        return parts.stream()
                .skip(1)
                .filter(part -> part.regionMatches(true, 0, name + "=", 0, name.length() + 1))
                .map(part -> part.substring(name.length() + 1))
                .findFirst();
    }
}
