package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"0,PT1S", "1,PT5S", "2,PT30S", "3,PT2M", "4,PT10M", "5,PT15M", "6,PT15M", "1000,PT15M"})
    void whatMendsItselfIsTriedSoonAndThenLessAndLessOften(int attempts, Duration wait) {
        assertThat(new Backoff(() -> 0.5).temporary(attempts)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"0,PT1M", "1,PT5M", "2,PT15M", "3,PT1H", "4,PT6H", "5,PT6H", "1000,PT6H"})
    void whatAnAdministratorHasToMendIsTriedSlowly(int attempts, Duration wait) {
        assertThat(new Backoff(() -> 0.5).slow(attempts)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "0,PT1S",
        "1,PT5S",
        "2,PT30S",
        "3,PT2M",
        "4,PT15M",
        "5,PT1H",
        "6,PT6H",
        "7,PT24H",
        "8,PT24H",
        "1000,PT24H"
    })
    void anAttributeThatCannotBeWrittenIsTriedSoonAndInTheEndOnceADay(int attempts, Duration wait) {
        assertThat(new Backoff(() -> 0.5).attribute(attempts)).isEqualTo(wait);
    }

    @Test
    void rowsThatFailedTogetherAreNotTriedTogether() {
        assertThat(new Backoff(() -> 0).slow(0)).isEqualTo(Duration.ofSeconds(45));
        assertThat(new Backoff(() -> 1).slow(0)).isEqualTo(Duration.ofSeconds(75));
    }

    @Test
    void noWaitIsShorterThanTheOneBefore() {
        List<Duration> waits = IntStream.range(0, 10)
                .mapToObj(new Backoff(() -> 0.5)::temporary)
                .toList();

        assertThat(waits).isSorted();
    }
}
