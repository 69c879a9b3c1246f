package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.limits.CredentialKey;
import io.github.keycloaknylas.limits.SettingKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which lanes can be served now. Remembers for a minute at most which connection a lane uses; after that one
 * row of the lane is read, so that a mapper that was moved to another connection is noticed while the breaker of the
 * old one is open.
 */
final class Lanes {

    private static final int MOST_REMEMBERED = 10_000;

    /**
     * The connection of a lane.
     *
     * @param settings as configured
     * @param credential application and credential
     * @param version of the connection with its key
     */
    record Route(ConnectionSettings settings, CredentialKey credential, String version) {}

    private record Known(Route route, long until) {}

    private final CallLimits limits;
    private final InstantSource clock;
    private final Duration remembered;
    private final Map<String, Known> routes = new HashMap<>();

    Lanes(CallLimits limits, InstantSource clock, Duration remembered) {
        this.limits = limits;
        this.clock = clock;
        this.remembered = remembered;
    }

    boolean mayServe(String lane) {
        return !limits.breakers().isOpen(new SettingKey(lane))
                && route(lane)
                        .map(route -> limits.breakers().mayCall(route.credential(), route.version())
                                && limits.concurrency().mayEnter(route.settings())
                                && limits.rate().mayQueue(route.credential().connection()))
                        .orElse(true);
    }

    synchronized void learned(String lane, Route route) {
        if (routes.size() >= MOST_REMEMBERED) {
            routes.clear();
        }
        Known known = routes.get(lane);
        if (known == null || !known.route().equals(route) || known.until() <= clock.millis()) {
            routes.put(lane, new Known(route, clock.millis() + remembered.toMillis()));
        }
    }

    private synchronized Optional<Route> route(String lane) {
        return Optional.ofNullable(routes.get(lane))
                .filter(known -> known.until() > clock.millis())
                .map(Known::route);
    }
}
