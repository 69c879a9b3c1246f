package io.github.keycloaknylas.limits;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Determines the delay before the next attempt, which grows with each one and differs from row to row. */
public final class Backoff {

    private static final double JITTER = 0.25;

    private static final List<Duration> TEMPORARY = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15));

    private static final List<Duration> SLOW = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6));

    private static final List<Duration> ATTRIBUTE = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    private final DoubleSupplier random;

    /** @param random numbers from 0 to 1 */
    public Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Returns the delay after a failure that resolves without intervention: an outage, a time-out, too many requests.
     */
    public Duration temporary(int attempts) {
        return jittered(step(TEMPORARY, attempts));
    }

    /** Returns the delay after a failure that an administrator has to fix. */
    public Duration slow(int attempts) {
        return jittered(step(SLOW, attempts));
    }

    /**
     * Returns the delay for an attribute that cannot be written: a user storage that is down recovers soon, a read-only
     * one never does.
     */
    public Duration attribute(int attempts) {
        return jittered(step(ATTRIBUTE, attempts));
    }

    private static Duration step(List<Duration> curve, int attempts) {
        return curve.get(Math.min(attempts, curve.size() - 1));
    }

    private Duration jittered(Duration wait) {
        double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
        return Duration.ofMillis(Math.round(wait.toMillis() * factor));
    }
}
