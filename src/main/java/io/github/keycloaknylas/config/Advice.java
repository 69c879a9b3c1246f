package io.github.keycloaknylas.config;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Says the same thing to an administrator once an hour at most, however many logins meet it. */
public final class Advice {

    private static final Duration SILENCE = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final Logger log;
    private final InstantSource clock;
    private final Map<String, Long> saidAt = new ConcurrentHashMap<>();

    /**
     * @param log where it is said
     * @param clock tells when an hour is over
     */
    public Advice(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Warns, unless the same was said of the same realm and provider lately.
     *
     * @param sentence what happened and what to do next; holds no token, key or address
     */
    public void warn(String realm, String alias, String sentence) {
        if (isNews(realm + "\n" + alias + "\n" + sentence)) {
            log.warnf("Nylas grants, realm '%s', provider '%s': %s", realm, alias, sentence);
        }
    }

    private boolean isNews(String key) {
        long now = clock.millis();
        if (saidAt.size() > MOST_REMEMBERED) {
            saidAt.clear();
        }
        Long previous = saidAt.get(key);
        if (previous != null && now - previous < SILENCE.toMillis()) {
            return false;
        }
        return previous == null ? saidAt.putIfAbsent(key, now) == null : saidAt.replace(key, previous, now);
    }
}
