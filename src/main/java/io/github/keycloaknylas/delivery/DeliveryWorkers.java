package io.github.keycloaknylas.delivery;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Runs the delivery workers of one node. A wake-up starts one worker, a worker that finds something to do starts the
 * next, up to the limit, and each works until nothing is due. Whatever a worker or the executor throws ends
 * that worker only.
 */
final class DeliveryWorkers {

    private static final Logger LOG = Logger.getLogger(DeliveryWorkers.class);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** What a worker does. */
    interface Work {

        /**
         * Performs one piece of work.
         *
         * @return whether there was anything to do
         */
        boolean workOnce() throws InterruptedException;
    }

    private final ExecutorService executor;
    private final int most;
    private final Work work;
    private final Logger log;
    private final LongSupplier nanoTime;

    private final AtomicLong wakeUps = new AtomicLong();
    private final AtomicLong warnedAt;

    // Guarded by its monitor, which unlike a lock needs no memory: the count must be right after an OutOfMemoryError.
    private final Object monitor = new Object();
    private int running;
    private boolean stopped;

    DeliveryWorkers(ExecutorService executor, int most, Work work) {
        this(executor, most, work, LOG, System::nanoTime);
    }

    /** @param nanoTime spaces the warnings about workers that failed: one a minute at most */
    DeliveryWorkers(ExecutorService executor, int most, Work work, Logger log, LongSupplier nanoTime) {
        this.executor = executor;
        this.most = most;
        this.work = work;
        this.log = log;
        this.nanoTime = nanoTime;
        this.warnedAt = new AtomicLong(nanoTime.getAsLong() - SILENCE_NANOS);
    }

    /** Announces that something may be due. Returns at once and never throws. */
    void wake() {
        wakeUps.incrementAndGet();
        start();
    }

    /**
     * Starts no work from now on, and waits up to the grace period for work in progress. Work that waits for its turn
     * has to be ended first, see {@link RateLimiters#stop()}.
     */
    void stop(Duration grace) {
        synchronized (monitor) {
            stopped = true;
            long end = System.nanoTime() + grace.toNanos();
            try {
                long left = grace.toNanos();
                while (running > 0 && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(monitor, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
                    left = end - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Number of workers that run or wait for a thread. */
    int running() {
        synchronized (monitor) {
            return running;
        }
    }

    private void start() {
        if (!enter()) {
            return;
        }
        Worker worker = null;
        try {
            worker = new Worker();
            executor.submit(worker);
        } catch (Throwable e) {
            // Also an OutOfMemoryError if no thread is left: later wake-ups must still be able to start a worker. The
            // executor may have queued the worker before it threw.
            if (worker == null || worker.take()) {
                leave();
            }
            warn("NYLAS-1702", "no worker could be started", e);
        }
    }

    /** A counted worker: either it runs or its count is returned, never both. */
    private final class Worker implements Runnable {

        private final AtomicBoolean taken = new AtomicBoolean();

        boolean take() {
            return taken.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (take()) {
                workUntilNothingIsDue();
            }
        }
    }

    private void workUntilNothingIsDue() {
        long seen = 0;
        try {
            do {
                seen = wakeUps.get();
            } while (workOnce());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            warn("NYLAS-1701", "a worker stopped", e);
        } finally {
            leave();
        }
        // A wake-up that came after the last look may have found the limit reached, and no other worker looks again.
        if (wakeUps.get() != seen) {
            start();
        }
    }

    private boolean workOnce() throws InterruptedException {
        if (isStopped() || !work.workOnce()) {
            return false;
        }
        start();
        return true;
    }

    private boolean enter() {
        synchronized (monitor) {
            if (stopped || running >= most) {
                return false;
            }
            running++;
            return true;
        }
    }

    private void leave() {
        synchronized (monitor) {
            running--;
            monitor.notifyAll();
        }
    }

    private boolean isStopped() {
        synchronized (monitor) {
            return stopped;
        }
    }

    private void warn(String code, String event, Throwable e) {
        try {
            if (!isStopped() && isTimeToWarn()) {
                log.warnf(
                        code
                                + ": Nylas grants: %s (%s). Nothing is lost; the next sign-in or poll starts one. Debug logging of"
                                + " %s shows the cause.",
                        event,
                        e.getClass().getName(),
                        LOG.getName());
            }
            log.debugf(e, "Nylas grants: %s", event);
        } catch (Throwable unlogged) {
            // Without memory, logging fails as well. The worker has still ended properly.
        }
    }

    private boolean isTimeToWarn() {
        long now = nanoTime.getAsLong();
        long last = warnedAt.get();
        return now - last >= SILENCE_NANOS && warnedAt.compareAndSet(last, now);
    }
}
