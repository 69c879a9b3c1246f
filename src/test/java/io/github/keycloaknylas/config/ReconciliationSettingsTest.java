package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;

@ExtendWith(FreshOptions.class)
class ReconciliationSettingsTest {

    private static ReconciliationSettings with(String option, int value) {
        Options.none().with("nylas-reconciliation/default/" + option, Integer.toString(value));
        return read();
    }

    private static ReconciliationSettings read() {
        return ReconciliationSettings.from(Config.scope(ReconciliationSettings.SPI, "default"));
    }

    @Test
    void withoutOptionsGrantsAreReconciledEverySixHoursAtALowRate() {
        Options.none();

        assertThat(read()).isEqualTo(new ReconciliationSettings(Duration.ofHours(6), 2, 5));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1", "720, 720", "721, 720"})
    void theIntervalLiesBetweenNothingAndAMonth(int hours, int used) {
        assertThat(with("interval-hours", hours).interval()).isEqualTo(Duration.ofHours(used));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "50, 50", "51, 50"})
    void theRateStaysWithinThatOfNylas(int rate, int used) {
        assertThat(with("requests-per-second", rate).requestsPerSecond()).isEqualTo(used);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "100, 100", "101, 100"})
    void theAlarmIsAShare(int percent, int used) {
        assertThat(with("alarm-percent", percent).alarmPercent()).isEqualTo(used);
    }
}
