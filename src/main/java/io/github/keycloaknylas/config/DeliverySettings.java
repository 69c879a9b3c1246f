package io.github.keycloaknylas.config;

import java.time.Duration;
import org.keycloak.Config;

/**
 * How one node delivers ({@code spi-nylas-delivery--default--…}).
 *
 * @param requestsPerSecond calls to Nylas that this node makes at most in a second, over all realms
 * @param workers threads that deliver
 * @param deadline total time a call may take; the lease is more than twice as long
 * @param poll how often the timer looks for what no nudge announced
 * @param retention how long a waiting token is kept
 * @param leavingGrace how long after an unlink or a removal a grant is deleted at Nylas
 * @param shutdownGrace how long a stopping node waits for calls that are under way
 */
public record DeliverySettings(
        int requestsPerSecond,
        int workers,
        Duration deadline,
        Duration poll,
        Duration retention,
        Duration leavingGrace,
        Duration shutdownGrace) {

    /** Name of the SPI under which the server options are read. */
    public static final String SPI = "nylas-delivery";

    /** Reads the options of the provider {@code default}; a number out of its bounds counts as the nearer bound. */
    public static DeliverySettings from(Config.Scope options) {
        return new DeliverySettings(
                between(1, options.getInt("requests-per-second", 10), 50),
                between(1, options.getInt("workers", 4), 32),
                Duration.ofSeconds(between(1, options.getInt("deadline-seconds", 60), 120)),
                Duration.ofSeconds(between(1, options.getInt("poll-seconds", 10), 3600)),
                Duration.ofHours(between(1, options.getInt("token-retention-hours", 168), 2160)),
                Duration.ofHours(between(0, options.getInt("leaving-grace-hours", 24), 8760)),
                Duration.ofSeconds(between(0, options.getInt("shutdown-grace-seconds", 5), 60)));
    }

    /** How long a claim on a row holds. Two nodes whose clocks are a minute apart still keep off each other's calls. */
    public Duration lease() {
        return deadline.multipliedBy(2).plusMinutes(2);
    }

    private static int between(int least, int value, int most) {
        return Math.max(least, Math.min(value, most));
    }
}
