package io.github.keycloaknylas.testkit.microsoft;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the endpoint for a call. */
final class Router implements Endpoint {

    private record Route(String methods, Pattern path, Endpoint endpoint) {
        boolean leads(Call call) {
            return path.matcher(call.path()).matches()
                    && List.of(methods.split(",")).contains(call.method());
        }
    }

    private final List<Route> routes = new ArrayList<>();

    Router route(String methods, String path, Endpoint endpoint) {
        routes.add(new Route(methods, Pattern.compile(path), endpoint));
        return this;
    }

    @Override
    public Reply answer(Call call) {
        try {
            return routes.stream()
                    .filter(route -> route.leads(call))
                    .findFirst()
                    .map(route -> route.endpoint().answer(call))
                    .orElseGet(() -> Reply.text(404, "The played Microsoft has nothing here.\n"));
        } catch (Refusal refusal) {
            return refusal.asJson();
        }
    }
}
