package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MissingSettingLaneTest extends BreakerTestBase {

    private final SettingKey lane = new SettingKey("lane");

    @Test
    void theLaneIsLookedAtOnceAMinuteByOneRow() {
        breakers.permit(lane).orElseThrow().missing();
        for (int minute = 0; minute < 500; minute++) {
            assertThat(breakers.isOpen(lane)).isTrue();
            clock.forward(Duration.ofMinutes(1));
            SettingPermit trial = breakers.permit(lane).orElseThrow();
            assertThat(breakers.permit(lane)).isEmpty();
            trial.missing();
        }
    }

    @Test
    void aSettingThatIsBackOpensTheLaneToAllRows() {
        breakers.permit(lane).orElseThrow().missing();
        clock.forward(Duration.ofMinutes(1));

        breakers.permit(lane).orElseThrow().found();

        assertThat(breakers.permit(lane)).isPresent();
        assertThat(breakers.permit(lane)).isPresent();
    }

    @Test
    void anotherLaneIsNotAffected() {
        breakers.permit(lane).orElseThrow().missing();

        assertThat(breakers.isOpen(new SettingKey("other"))).isFalse();
    }

    @Test
    void aRowThatIsGoneLeavesTheLookToTheNext() {
        breakers.permit(lane).orElseThrow().missing();
        clock.forward(Duration.ofMinutes(1));

        breakers.permit(lane).orElseThrow().close();

        assertThat(breakers.permit(lane)).isPresent();
    }

    @Test
    void rowsThatWereLookedAtMeanwhileDoNotProlongTheWait() {
        SettingPermit first = breakers.permit(lane).orElseThrow();
        SettingPermit second = breakers.permit(lane).orElseThrow();
        first.missing();
        clock.forward(Duration.ofMinutes(1));

        second.missing();

        assertThat(breakers.isOpen(lane)).isFalse();
    }
}
