package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More losses at once than are likely to be true. */
class DifferencesTest {

    private static Differences lost(int lost, int compared, int listed) {
        Set<String> ids = IntStream.range(0, lost).mapToObj(i -> "grant-" + i).collect(Collectors.toSet());
        return new Differences(compared, listed, ids, Set.of(), 0);
    }

    @ParameterizedTest
    @CsvSource({
        "50, 1000, 5, false",
        "51, 1000, 5, true",
        "10, 20, 5, false",
        "11, 20, 5, true",
        "10, 20, 0, false",
        "11, 1000, 0, true",
        "20, 20, 100, false"
    })
    void aFewLossesAndASmallShareAreLikely(int lost, int compared, int percent, boolean alarming) {
        assertThat(lost(lost, compared, compared).isAlarming(percent)).isEqualTo(alarming);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "1, 1, false", "2, 2, true"})
    void anApplicationWithoutAnyGrantIsNot(int lost, int compared, boolean alarming) {
        assertThat(lost(lost, compared, 0).isAlarming(100)).isEqualTo(alarming);
    }
}
