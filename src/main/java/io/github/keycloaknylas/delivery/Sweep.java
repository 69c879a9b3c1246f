package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.Worklist;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Looks again at every account, a few at a time and for ever: an unlink whose node died right after the commit was told
 * to nobody.
 */
final class Sweep {

    /** With {@link #BATCH}, some 70,000 accounts a day, for two or three short statements in a second. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    static final int BATCH = 50;

    private static final String BEFORE_ALL = "";

    private final Jobs jobs;
    private final Links links;
    private final InstantSource clock;

    private String last;
    private long nextAt;

    /** Begins anywhere, so that nodes that are restarted often come to every row as well. */
    Sweep(Jobs jobs, Links links, InstantSource clock) {
        this(jobs, links, clock, UUID.randomUUID().toString());
    }

    Sweep(Jobs jobs, Links links, InstantSource clock, String last) {
        this.jobs = jobs;
        this.links = links;
        this.clock = clock;
        this.last = last;
    }

    /** Looks at the next few rows, if it is time. */
    void step() {
        long now = clock.millis();
        if (now < nextAt) {
            return;
        }
        nextAt = now + INTERVAL.toMillis();
        List<String> rows = jobs.call(session -> Worklist.of(session).idsAfter(last, BATCH));
        rows.forEach(links::recheckRow);
        last = rows.size() < BATCH ? BEFORE_ALL : rows.get(BATCH - 1);
    }
}
