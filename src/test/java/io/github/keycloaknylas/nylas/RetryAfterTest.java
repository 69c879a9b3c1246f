package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long Nylas may make us wait. */
final class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|PT0S",
                "30|PT30S",
                "' 30 '|PT30S",
                "3600|PT1H",
                "3601|PT1H",
                "99999999999999999999999|PT1H",
                "Sun, 01 Nov 2026 12:00:45 GMT|PT45S",
                "Sun, 01 Nov 2026 11:00:00 GMT|PT0S",
                "Mon, 02 Nov 2026 12:00:00 GMT|PT1H"
            })
    void readsSecondsAndDatesWithinBounds(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-5", "1.5", "٣"})
    void anythingElseIsNoAnswer(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }
}
