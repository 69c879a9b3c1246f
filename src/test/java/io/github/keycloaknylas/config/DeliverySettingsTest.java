package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.Config;

@ExtendWith(FreshOptions.class)
class DeliverySettingsTest {

    private static DeliverySettings with(String option, int value) {
        Options.none().with("nylas-delivery/default/" + option, Integer.toString(value));
        return DeliverySettings.from(Config.scope(DeliverySettings.SPI, "default"));
    }

    @Test
    void withoutOptionsANodeDeliversGently() {
        Options.none();

        assertThat(DeliverySettings.from(Config.scope(DeliverySettings.SPI, "default")))
                .isEqualTo(new DeliverySettings(
                        10,
                        16,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofDays(7),
                        Duration.ofHours(24),
                        Duration.ofSeconds(5)));
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                bound("requests-per-second", 1, 50, DeliverySettings::requestsPerSecond, Integer::valueOf),
                bound("workers", 1, 32, DeliverySettings::workers, Integer::valueOf),
                bound("deadline-seconds", 1, 120, DeliverySettings::deadline, Duration::ofSeconds),
                bound("poll-seconds", 1, 3600, DeliverySettings::poll, Duration::ofSeconds),
                bound("token-retention-hours", 1, 2160, DeliverySettings::retention, Duration::ofHours),
                bound("leaving-grace-hours", 0, 8760, DeliverySettings::deletionGrace, Duration::ofHours),
                bound("shutdown-grace-seconds", 0, 60, DeliverySettings::shutdownGrace, Duration::ofSeconds));
    }

    private static Arguments bound(
            String option,
            int least,
            int most,
            Function<DeliverySettings, Object> read,
            Function<Integer, Object> unit) {
        return Arguments.of(option, least, most, read, unit);
    }

    @ParameterizedTest(name = "{0} lies between {1} and {2}")
    @MethodSource("bounds")
    void everyOptionIsBounded(
            String option,
            int least,
            int most,
            Function<DeliverySettings, Object> read,
            Function<Integer, Object> unit) {
        assertThat(read.apply(with(option, least))).isEqualTo(unit.apply(least));
        assertThat(read.apply(with(option, most))).isEqualTo(unit.apply(most));
        assertThat(read.apply(with(option, least - 1))).isEqualTo(unit.apply(least));
        assertThat(read.apply(with(option, most + 1))).isEqualTo(unit.apply(most));
        assertThat(read.apply(with(option, Integer.MIN_VALUE))).isEqualTo(unit.apply(least));
        assertThat(read.apply(with(option, Integer.MAX_VALUE))).isEqualTo(unit.apply(most));
    }

    @Test
    void aCallEndsBeforeHalfOfItsLease() {
        for (int seconds : new int[] {1, 60, 120}) {
            DeliverySettings settings = with("deadline-seconds", seconds);

            assertThat(settings.lease()).isGreaterThan(settings.deadline().multipliedBy(2));
        }
    }
}
