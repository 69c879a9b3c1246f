package io.github.keycloaknylas.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only a test moves. */
public final class ManualClock implements InstantSource {

    private volatile long millis = 10_000_000_000L;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    public void forward(Duration time) {
        millis += time.toMillis();
    }
}
