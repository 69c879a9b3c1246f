package io.github.keycloaknylas.config;

import java.time.Duration;
import org.keycloak.Config;

/**
 * Settings for the history of mailboxes ({@code spi-nylas-history--default--…}).
 *
 * @param kept how long an entry is kept; zero if none is written
 */
public record HistorySettings(Duration kept) {

    /** Name of the SPI under which the server options are read. */
    public static final String SPI = "nylas-history";

    private static final int MOST_DAYS = 3650;

    /** Reads the options of the provider {@code default}. */
    public static HistorySettings current() {
        return from(Config.scope(SPI, "default"));
    }

    /** Reads the options of the provider {@code default}; a number out of bounds is replaced by the nearer bound. */
    public static HistorySettings from(Config.Scope options) {
        return new HistorySettings(Duration.ofDays(Math.max(0, Math.min(options.getInt("days", 400), MOST_DAYS))));
    }

    /** Returns whether entries are written. */
    public boolean isKept() {
        return !kept.isZero();
    }
}
