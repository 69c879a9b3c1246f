package io.github.keycloaknylas.nylas;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.apache.http.client.utils.DateUtils;

/** The {@code Retry-After} header, in seconds or as a date (RFC 9110, section 10.2.3). */
final class RetryAfter {

    /** Upper limit, so that no wrong clock or typing error delays a handover for a day. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long to wait from now on, zero to {@link #LONGEST}; null if the header cannot be understood. */
    static Duration parse(String header, Instant now) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (value.matches("[0-9]+")) {
            return value.length() > 9 ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        Date date = DateUtils.parseDate(value);
        return date == null ? null : bounded(Duration.between(now, date.toInstant()));
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
