package io.github.keycloaknylas.limits;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.config.Region;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits how many workers call one API URL at the same time, so that a slow or hostile URL leaves workers
 * to the others.
 *
 * <ul>
 *   <li>A URL of the server's options, or Nylas' own: three quarters of the workers while no other of these is called,
 *       otherwise half. Three quarters of the default 16 make 12 calls a second where each takes one second.
 *   <li>Any other URL that a realm supplies: a quarter, and half for all of these together. They do not lower the share
 *       of the server's URLs.
 * </ul>
 *
 * All shares are rounded up. Thread-safe.
 */
public final class ConcurrencyLimiter {

    private final int workers;
    private final Map<URI, Integer> trusted = new HashMap<>();
    private final Map<URI, Integer> foreign = new HashMap<>();

    /** @param workers of the node */
    public ConcurrencyLimiter(int workers) {
        this.workers = workers;
    }

    /** Takes a slot for a call, or returns nothing if the URL has used its share. The caller closes the slot. */
    public synchronized Optional<Slot> tryEnter(ConnectionSettings connection) {
        if (!mayEnter(connection)) {
            return Optional.empty();
        }
        Map<URI, Integer> group = group(connection);
        group.merge(connection.apiUrl(), 1, Integer::sum);
        return Optional.of(new Slot(this, group, connection.apiUrl()));
    }

    /** Returns whether a slot is free for the URL, without taking it. */
    public synchronized boolean mayEnter(ConnectionSettings connection) {
        Map<URI, Integer> group = group(connection);
        int held = group.getOrDefault(connection.apiUrl(), 0);
        if (group == foreign) {
            return held < share(1, 4) && total(foreign) < share(1, 2);
        }
        boolean alone = trusted.size() == (held > 0 ? 1 : 0);
        return held < (alone ? share(3, 4) : share(1, 2));
    }

    private synchronized void leave(Map<URI, Integer> group, URI apiUrl) {
        group.computeIfPresent(apiUrl, (url, held) -> held > 1 ? held - 1 : null);
    }

    private Map<URI, Integer> group(ConnectionSettings connection) {
        return connection.isOfRealm() && !isNylas(connection.apiUrl()) ? foreign : trusted;
    }

    private static boolean isNylas(URI apiUrl) {
        return Arrays.stream(Region.values()).map(Region::apiUrl).anyMatch(apiUrl::equals);
    }

    private static int total(Map<URI, Integer> group) {
        return group.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int share(int numerator, int denominator) {
        return (workers * numerator + denominator - 1) / denominator;
    }

    /** One call in progress. */
    public static final class Slot implements AutoCloseable {

        private final ConcurrencyLimiter limiter;
        private final Map<URI, Integer> group;
        private final URI apiUrl;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Slot(ConcurrencyLimiter limiter, Map<URI, Integer> group, URI apiUrl) {
            this.limiter = limiter;
            this.group = group;
            this.apiUrl = apiUrl;
        }

        /** Frees the slot; closing it again has no effect. */
        @Override
        public void close() {
            if (open.getAndSet(false)) {
                limiter.leave(group, apiUrl);
            }
        }
    }
}
