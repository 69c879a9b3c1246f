package io.github.keycloaknylas.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a gauge up to date with a count of rows. Counting reads an entry of an index per row, so a count is repeated
 * after a millisecond per row at the earliest: a thousand entries a second, however long the tables are.
 */
final class PacedGauge {

    private static final long MILLIS_PER_ROW = 1;

    private final LongSupplier count;
    private final LongConsumer gauge;
    private final InstantSource clock;
    private final Duration interval;
    private long nextAt;

    /** @param interval shortest time between two counts */
    PacedGauge(LongSupplier count, LongConsumer gauge, InstantSource clock, Duration interval) {
        this.count = count;
        this.gauge = gauge;
        this.clock = clock;
        this.interval = interval;
    }

    /** Counts, if it is time. */
    void update() {
        long now = clock.millis();
        if (now < nextAt) {
            return;
        }
        nextAt = now + interval.toMillis();
        long rows = count.getAsLong();
        gauge.accept(rows);
        nextAt = now + Math.max(interval.toMillis(), rows * MILLIS_PER_ROW);
    }
}
