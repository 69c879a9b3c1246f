package io.github.keycloaknylas.testkit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the handler of a request by method and path.
 *
 * @param <H> what handles a request
 */
public final class Router<H> {

    private record Route<H>(List<String> methods, Pattern path, H handler) {}

    private final List<Route<H>> routes = new ArrayList<>();

    /**
     * Adds a route.
     *
     * @param methods separated by commas
     * @param path a regular expression for all of the path
     * @return this
     */
    public Router<H> route(String methods, String path, H handler) {
        routes.add(new Route<>(List.of(methods.split(",")), Pattern.compile(path), handler));
        return this;
    }

    /** {@return the handler of the first route that fits} */
    public Optional<H> find(String method, String path) {
        return routes.stream()
                .filter(route -> route.methods().contains(method)
                        && route.path().matcher(path).matches())
                .map(Route::handler)
                .findFirst();
    }
}
