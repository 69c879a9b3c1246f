package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gauge follows its count, and the longer the count, the more rarely. */
class PacedGaugeTest {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();
    private final List<Long> reported = new ArrayList<>();
    private long rows;
    private final PacedGauge gauge = new PacedGauge(() -> rows, reported::add, clock, INTERVAL);

    private void updateAfter(Duration wait) {
        clock.forward(wait);
        gauge.update();
    }

    @Test
    void aShortCountIsRepeatedAtEachInterval() {
        rows = 60_000;
        gauge.update();

        updateAfter(INTERVAL.minusMillis(1));
        assertThat(reported).containsExactly(60_000L);

        rows = 60_001;
        updateAfter(Duration.ofMillis(1));
        assertThat(reported).containsExactly(60_000L, 60_001L);
    }

    @Test
    void aCountOfAMillionRowsIsRepeatedEverySeventeenMinutes() {
        rows = 1_000_000;
        gauge.update();

        updateAfter(Duration.ofMillis(999_999));
        assertThat(reported).hasSize(1);

        updateAfter(Duration.ofMillis(1));
        assertThat(reported).hasSize(2);
    }

    @Test
    void aCountThatFailsIsRepeatedAfterTheInterval() {
        PacedGauge failing = new PacedGauge(
                () -> {
                    reported.add(-1L);
                    throw new IllegalStateException("The database does not answer");
                },
                reported::add,
                clock,
                INTERVAL);
        assertThatThrownBy(failing::update).isInstanceOf(IllegalStateException.class);

        failing.update();

        assertThat(reported).containsExactly(-1L);
    }
}
