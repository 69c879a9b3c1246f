package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds responses back: {@link #release()} sends those that are waiting, {@link #open()} all from now on. */
final class DelayedAnswers {

    private CountDownLatch latch = new CountDownLatch(1);
    private boolean open;

    synchronized Hold hold() {
        return new Hold(latch);
    }

    synchronized void release() {
        latch.countDown();
        if (!open) {
            latch = new CountDownLatch(1);
        }
    }

    synchronized void open() {
        open = true;
        latch.countDown();
    }

    /** The wait of one request. */
    record Hold(CountDownLatch latch) {

        /** {@return true after the whole time, false if released before} */
        boolean stay(Duration time) {
            try {
                return !latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
