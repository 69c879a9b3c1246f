package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparationLimiterTest {

    private final PreparationLimiter limiter = new PreparationLimiter(4);

    private static int fill(PreparationLimiter limiter, String lane) {
        int entered = 0;
        while (limiter.mayEnter(lane)) {
            limiter.enter(lane);
            entered++;
        }
        return entered;
    }

    @ParameterizedTest(name = "{0} workers: {1}")
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "16, 8", "32, 16"})
    void halfOfTheWorkersAtMostReadTheSettingsOfOneRealm(int workers, int most) {
        assertThat(fill(new PreparationLimiter(workers), "lane")).isEqualTo(most);
    }

    @Test
    void lanesOfOneRealmShareItsHalf() {
        limiter.learned("lane 1", "realm");
        limiter.learned("lane 2", "realm");
        limiter.enter("lane 1");
        limiter.enter("lane 2");

        assertThat(limiter.mayEnter("lane 1")).isFalse();
        assertThat(limiter.mayEnter("lane 2")).isFalse();
    }

    @Test
    void aRealmThatHangsLeavesTheOtherHalfToTheOthers() {
        limiter.learned("slow", "slow realm");
        limiter.learned("fast", "fast realm");
        fill(limiter, "slow");

        assertThat(fill(limiter, "fast")).isEqualTo(2);
    }

    @Test
    void aWorkerThatIsDoneMakesWayForTheNext() {
        PreparationLimiter.Slot slot = limiter.enter("lane");
        fill(limiter, "lane");

        slot.close();

        assertThat(fill(limiter, "lane")).isEqualTo(1);
    }

    @Test
    void aWorkerThatEnteredBeforeTheRealmWasKnownLeavesWhatItEntered() {
        PreparationLimiter.Slot early = limiter.enter("lane");
        limiter.learned("lane", "realm");
        fill(limiter, "lane");

        early.close();

        assertThat(limiter.mayEnter("lane")).isFalse();
    }
}
