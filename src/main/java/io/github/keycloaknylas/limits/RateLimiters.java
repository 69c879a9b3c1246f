package io.github.keycloaknylas.limits;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Limits the rate of this node's calls to each Nylas application. Calls are spaced evenly, and unused turns are not
 * saved up: Nylas allows 50 requests a second for an application.
 */
public final class RateLimiters {

    private static final int PRUNE_ABOVE = 256;
    private static final long LONGEST_QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Map<ConnectionKey, Long> nextAt = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stop = lock.newCondition();
    private boolean stopped;

    /** @param requestsPerSecond for each application */
    public RateLimiters(int requestsPerSecond, LongSupplier nanoTime) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes the next free turn of an application and waits for it.
     *
     * @return false if the node stops meanwhile
     */
    public boolean await(ConnectionKey application) throws InterruptedException {
        lock.lock();
        try {
            long turn = reserve(application);
            long left = turn - nanoTime.getAsLong();
            while (!stopped && left > 0) {
                stop.awaitNanos(left);
                left = turn - nanoTime.getAsLong();
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns whether a worker that leases a row now gets a turn soon. Rows that are leased long before their turn
     * would delay those of another realm that is served with the next lease.
     */
    public boolean mayQueue(ConnectionKey application) {
        return untilNext(application).toNanos() <= Math.max(LONGEST_QUEUE_NANOS, 2 * intervalNanos);
    }

    /** Returns the time until the next turn that is free; zero if a call could be made at once. Takes no turn. */
    Duration untilNext(ConnectionKey application) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            return Duration.ofNanos(nextTurn(application, now) - now);
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits, now and later. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            stop.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Number of applications kept in memory. */
    int size() {
        lock.lock();
        try {
            return nextAt.size();
        } finally {
            lock.unlock();
        }
    }

    private long reserve(ConnectionKey application) {
        long now = nanoTime.getAsLong();
        if (nextAt.size() > PRUNE_ABOVE) {
            nextAt.values().removeIf(next -> next - now <= 0);
        }
        long turn = nextTurn(application, now);
        nextAt.put(application, turn + intervalNanos);
        return turn;
    }

    private long nextTurn(ConnectionKey application, long now) {
        Long next = nextAt.get(application);
        return next == null || next - now <= 0 ? now : next;
    }
}
