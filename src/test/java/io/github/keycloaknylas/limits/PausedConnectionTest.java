package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausedConnectionTest extends BreakerTestBase {

    @Test
    void isKeptAndNoTrialFollows() {
        permit().paused(Duration.ofSeconds(40));

        assertThat(breakers.mayCall(OTHER_CREDENTIAL, VERSION)).isFalse();
        assertThat(breakers.mayCall(OTHER_APPLICATION, VERSION)).isTrue();
        assertThat(secondsUntilHalfOpen()).isEqualTo(40);
        assertThat(breakers.permit(OWN, VERSION)).isPresent();
        assertThat(breakers.permit(OWN, VERSION)).isPresent();
    }

    @Test
    void neitherSettingsNorASuccessNorAShorterPauseShortenIt() {
        CallPermit inProgress = permit();
        breakers.pause(OWN.connection(), Duration.ofSeconds(40));

        breakers.pause(OWN.connection(), Duration.ofSeconds(1));
        inProgress.succeeded();
        clock.forward(Duration.ofSeconds(39));

        assertThat(breakers.mayCall(OWN, "key 2")).isFalse();
    }

    @Test
    void isAnHourAtMost() {
        breakers.pause(OWN.connection(), Duration.ofDays(30));

        assertThat(secondsUntilHalfOpen()).isEqualTo(3600);
    }
}
