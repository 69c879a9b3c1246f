package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {

    private static final long NOW = 1_900_000_000_000L;

    @Test
    void idsOfOneMomentSortInTheOrderInWhichTheyWereMade() {
        List<String> ids =
                Stream.generate(() -> TimeOrderedId.next(NOW)).limit(10_000).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aClockThatIsSetBackDoesNotChangeTheOrder() {
        String before = TimeOrderedId.next(NOW + 1_000);

        assertThat(TimeOrderedId.next(NOW)).isGreaterThan(before);
    }

    @Test
    void anIdBeginsWithTheTimeOfItsCreation() {
        long later = time(TimeOrderedId.next(NOW)) + 1_000;

        assertThat(time(TimeOrderedId.next(later))).isEqualTo(later);
    }

    @Test
    void anIdIsAUuidOfVersionSeven() {
        List<UUID> ids = Stream.generate(() -> UUID.fromString(TimeOrderedId.next(NOW)))
                .limit(100)
                .toList();

        assertThat(ids).extracting(UUID::version).containsOnly(7);
        assertThat(ids).extracting(UUID::variant).containsOnly(2);
    }

    private static long time(String id) {
        return UUID.fromString(id).getMostSignificantBits() >>> 16;
    }
}
