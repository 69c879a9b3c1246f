package io.github.keycloaknylas.config;

import java.time.Duration;
import org.keycloak.Config;

/**
 * Settings for the delivery of one node ({@code spi-nylas-delivery--default--…}).
 *
 * @param requestsPerSecond maximum number of calls per second from this node to one Nylas application
 * @param workers number of delivery workers
 * @param deadline total time a call may take; the lease is more than twice as long
 * @param poll interval at which the timer looks for work that no wake-up announced
 * @param retention how long a waiting token is kept
 * @param deletionGrace how long after an unlink or a removal a grant is deleted at Nylas
 * @param shutdownGrace how long a stopping node waits for calls in progress
 */
public record DeliverySettings(
        int requestsPerSecond,
        int workers,
        Duration deadline,
        Duration poll,
        Duration retention,
        Duration deletionGrace,
        Duration shutdownGrace) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Name of the SPI under which the server options are read. */
    public static final String SPI = "nylas-delivery";

    /** Reads the options of the provider {@code default}; a number out of bounds is replaced by the nearer bound. */
    public static DeliverySettings from(Config.Scope options) {
        return new DeliverySettings(
                between(1, options.getInt("requests-per-second", 10), 50),
                between(1, options.getInt("workers", 16), 32),
                Duration.ofSeconds(between(1, options.getInt("deadline-seconds", 60), 120)),
                Duration.ofSeconds(between(1, options.getInt("poll-seconds", 10), 3600)),
                Duration.ofHours(between(1, options.getInt("token-retention-hours", 168), 2160)),
                Duration.ofHours(between(0, options.getInt("leaving-grace-hours", 24), 8760)),
                Duration.ofSeconds(between(0, options.getInt("shutdown-grace-seconds", 5), 60)));
    }

    /**
     * Returns how long a lease on a row lasts: long enough that two nodes whose clocks are a minute apart leave each
     * other's rows alone.
     */
    public Duration lease() {
        return deadline.multipliedBy(2).plusMinutes(2);
    }

    /**
     * Returns how often rows that wait for a setting are retried, and how often the sweep compares a few mailboxes:
     * every sixth poll, but at least once a minute.
     */
    public Duration lookInterval() {
        Duration sixPolls = poll.multipliedBy(6);
        return sixPolls.compareTo(MINUTE) < 0 ? sixPolls : MINUTE;
    }

    private static int between(int least, int value, int most) {
        return Math.max(least, Math.min(value, most));
    }
}
