package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(FreshOptions.class)
class HistorySettingsTest {

    private static HistorySettings with(int days) {
        Options.none().with("nylas-history/default/days", Integer.toString(days));
        return HistorySettings.current();
    }

    @Test
    void withoutOptionsHistoryIsKeptForMoreThanAYear() {
        Options.none();

        assertThat(HistorySettings.current()).isEqualTo(new HistorySettings(Duration.ofDays(400)));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1", "3650, 3650", "3651, 3650"})
    void historyIsKeptForTenYearsAtMost(int days, int used) {
        assertThat(with(days).kept()).isEqualTo(Duration.ofDays(used));
    }

    @Test
    void withoutADayNothingIsWritten() {
        assertThat(with(0).isKept()).isFalse();
        assertThat(with(1).isKept()).isTrue();
    }
}
