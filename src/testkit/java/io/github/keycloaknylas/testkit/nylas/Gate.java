package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where delayed answers wait: {@link #release()} lets the present ones go, {@link #open()} everyone for good. */
final class Gate {

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

    /** One request's place at the gate. */
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
