package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts requests per application, API family and second. */
final class RateLimiter {

    private final Map<String, Window> windows = new HashMap<>();

    synchronized boolean admits(String application, String family, int perSecond, Instant now) {
        Window window = windows.merge(
                application + "/" + family,
                new Window(now.getEpochSecond(), 1),
                (old, fresh) -> old.second == fresh.second ? new Window(old.second, old.requests + 1) : fresh);
        return window.requests <= perSecond;
    }

    private record Window(long second, int requests) {}
}
