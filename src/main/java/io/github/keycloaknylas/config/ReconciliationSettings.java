package io.github.keycloaknylas.config;

import java.time.Duration;
import org.keycloak.Config;

/**
 * Settings for the reconciliation of grants with Nylas ({@code spi-nylas-reconciliation--default--…}).
 *
 * @param interval between two passes over the grants of an application; zero if there are none
 * @param requestsPerSecond maximum number of its calls per second from this node to one Nylas application
 * @param alarmPercent share of an application's grants that may be lost in one pass without a confirmation, in percent
 */
public record ReconciliationSettings(Duration interval, int requestsPerSecond, int alarmPercent) {

    /** Name of the SPI under which the server options are read. */
    public static final String SPI = "nylas-reconciliation";

    /** Reads the options of the provider {@code default}; a number out of bounds is replaced by the nearer bound. */
    public static ReconciliationSettings from(Config.Scope options) {
        return new ReconciliationSettings(
                Duration.ofHours(between(0, options.getInt("interval-hours", 6), 720)),
                between(1, options.getInt("requests-per-second", 2), 50),
                between(0, options.getInt("alarm-percent", 5), 100));
    }

    private static int between(int least, int value, int most) {
        return Math.max(least, Math.min(value, most));
    }
}
