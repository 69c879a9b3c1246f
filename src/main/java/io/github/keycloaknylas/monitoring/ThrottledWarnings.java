package io.github.keycloaknylas.monitoring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Logs a warning for administrators once an hour at most, however many logins cause it. */
public final class ThrottledWarnings {

    private static final Duration SILENCE = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final Logger log;
    private final InstantSource clock;
    private final Map<String, Long> loggedAt = new ConcurrentHashMap<>();

    /**
     * @param log receives the warnings
     * @param clock determines when an hour is over
     */
    public ThrottledWarnings(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Logs a warning, unless the same one was logged for the same realm and provider within the last hour.
     *
     * @param sentence what happened and what to do next; contains no token, key or address
     */
    public void warn(String realm, String alias, String sentence) {
        if (isNews(realm + "\n" + alias + "\n" + sentence)) {
            log.warnf(LogCodes.of(sentence) + ": Nylas grants, realm '%s', provider '%s': %s", realm, alias, sentence);
        }
    }

    /**
     * Logs a warning about a connection, unless the same one was logged within the last hour.
     *
     * @param connection name of the connection
     * @param sentence what happened and what to do next; contains no secret
     */
    public void warnOfConnection(String connection, String sentence) {
        if (isNews(connection + "\n" + sentence)) {
            log.warnf(LogCodes.of(sentence) + ": Nylas grants, connection '%s': %s", connection, sentence);
        }
    }

    private boolean isNews(String key) {
        long now = clock.millis();
        if (loggedAt.size() > MOST_REMEMBERED) {
            loggedAt.clear();
        }
        Long previous = loggedAt.get(key);
        if (previous != null && now - previous < SILENCE.toMillis()) {
            return false;
        }
        return previous == null ? loggedAt.putIfAbsent(key, now) == null : loggedAt.replace(key, previous, now);
    }
}
