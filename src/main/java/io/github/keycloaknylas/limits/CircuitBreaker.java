package io.github.keycloaknylas.limits;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * State of one circuit breaker that has opened at least once: open for a while, then half-open, when one trial call at
 * a time is permitted. A breaker that closes is discarded. Not thread-safe: guarded by {@link CircuitBreakers}.
 */
final class CircuitBreaker {

    private static final long NO_TRIAL = 0;

    private final IntFunction<Duration> waits;
    private final Duration trialLimit;
    private int openings;
    private long openedAfter;
    private long openUntil;
    private long trial = NO_TRIAL;
    private long trialUntil;

    /**
     * @param waits how long it stays open, by the number of openings before
     * @param trialLimit after which a trial call without an outcome no longer blocks the next one
     */
    CircuitBreaker(IntFunction<Duration> waits, Duration trialLimit) {
        this.waits = waits;
        this.trialLimit = trialLimit;
    }

    boolean permits(long now) {
        return now >= openUntil && (trial == NO_TRIAL || now >= trialUntil);
    }

    /** When the next call is tried, in milliseconds since the epoch. */
    long openUntil() {
        return openUntil;
    }

    /** Registers a permitted call as the trial. */
    void enter(long call, long now) {
        trial = call;
        trialUntil = now + trialLimit.toMillis();
    }

    /** Ends a trial without an outcome, so that the next call becomes the trial. */
    void leave(long call) {
        if (trial == call) {
            trial = NO_TRIAL;
        }
    }

    /**
     * Opens, or opens again after a failed trial.
     *
     * @param call number of the call that failed
     * @param latestCall highest number given to any call so far
     */
    void open(long call, long latestCall, long now) {
        // Calls in progress when it opened add no information, and would prolong a short outage.
        if (openings > 0 && call <= openedAfter) {
            return;
        }
        openUntil = now + waits.apply(openings).toMillis();
        openings++;
        openedAfter = latestCall;
        trial = NO_TRIAL;
    }

    /** Returns whether no call has been tried for so long after the wait that the history can be dropped. */
    boolean isStale(long now, Duration idle) {
        return now - openUntil > idle.toMillis();
    }
}
