package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest extends BreakerTestBase {

    @Test
    void breakersThatCloseAreDropped() {
        permit().refusedConnection();
        clock.forward(Duration.ofMinutes(1));
        permit().succeeded();

        assertThat(breakers.size()).isZero();
    }

    @Test
    void noMoreThanAFixedNumberIsKept() {
        for (int i = 0; i < 11_000; i++) {
            breakers.permit(new SettingKey("lane " + i)).orElseThrow().missing();
        }

        assertThat(breakers.size()).isEqualTo(10_000);
        assertThat(breakers.isOpen(new SettingKey("lane 10999"))).isTrue();
    }

    @Test
    void thoseThatNoCallTriedForADayGoFirst() {
        for (int i = 0; i < 10_000; i++) {
            breakers.permit(new SettingKey("lane " + i)).orElseThrow().missing();
        }
        clock.forward(Duration.ofDays(2));

        breakers.permit(new SettingKey("new")).orElseThrow().missing();

        assertThat(breakers.size()).isEqualTo(1);
    }
}
