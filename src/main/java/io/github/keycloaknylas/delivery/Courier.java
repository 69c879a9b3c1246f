package io.github.keycloaknylas.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The workers of one node. A nudge starts one, a worker that finds something starts the next, up to their number; each
 * goes on until nothing is due.
 */
final class Courier {

    private static final Logger LOG = Logger.getLogger(Courier.class);

    private final ExecutorService executor;
    private final int most;
    private final Pace pace;
    private final Merger merger;
    private final Claims claims;
    private final Attempt attempt;
    private final Projections projections;

    private final AtomicLong nudges = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int running;
    private boolean stopped;

    Courier(
            ExecutorService executor,
            int most,
            Pace pace,
            Merger merger,
            Claims claims,
            Attempt attempt,
            Projections projections) {
        this.executor = executor;
        this.most = most;
        this.pace = pace;
        this.merger = merger;
        this.claims = claims;
        this.attempt = attempt;
        this.projections = projections;
    }

    /** Something may be due. Returns at once. */
    void nudge() {
        nudges.incrementAndGet();
        start();
    }

    /** Takes nothing new and waits a little for calls that are under way; what is left the leases bring back. */
    void stop(Duration grace) {
        pace.stop();
        lock.lock();
        try {
            stopped = true;
            long left = grace.toNanos();
            while (running > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        if (!enter()) {
            return;
        }
        try {
            executor.submit(this::work);
        } catch (RejectedExecutionException e) {
            leave();
        }
    }

    private void work() {
        long seen = nudges.get();
        try {
            merger.merge();
            while (deliverNext()) {
                start();
                seen = nudges.get();
                merger.merge();
            }
            projections.writeDue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Nylas grants: a worker stopped (%s). Nothing is lost; the timer starts it again. Debug logging of %s"
                            + " shows the cause.",
                    e.getClass().getName(), LOG.getName());
            LOG.debug("A worker stopped", e);
        } finally {
            leave();
            if (nudges.get() != seen) {
                start();
            }
        }
    }

    private boolean deliverNext() throws InterruptedException {
        Optional<Claim> claim = isStopped() ? Optional.empty() : claims.next();
        if (claim.isEmpty()) {
            return false;
        }
        if (!pace.await()) {
            claims.giveBack(claim.get());
            return false;
        }
        attempt.make(claim.get());
        projections.write(claim.get().rowId());
        return true;
    }

    private boolean enter() {
        lock.lock();
        try {
            if (stopped || running >= most) {
                return false;
            }
            running++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            running--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }
}
