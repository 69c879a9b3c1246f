package io.github.keycloaknylas.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Spaces this node's calls evenly: Nylas allows 50 requests a second for a whole application. */
final class Pace {

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stop = lock.newCondition();
    private long nextAt;
    private boolean stopped;

    Pace(int requestsPerSecond, LongSupplier nanoTime) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
        this.nanoTime = nanoTime;
        this.nextAt = nanoTime.getAsLong();
    }

    /**
     * Waits for this caller's turn.
     *
     * @return false if the node stops meanwhile
     */
    boolean await() throws InterruptedException {
        lock.lock();
        try {
            long turn = Math.max(nextAt, nanoTime.getAsLong());
            nextAt = turn + intervalNanos;
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

    boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            stop.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
