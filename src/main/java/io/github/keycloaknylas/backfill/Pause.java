package io.github.keycloaknylas.backfill;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two pages, until the server stops. */
public interface Pause {

    /**
     * Waits.
     *
     * @return false if the server stops
     */
    boolean await(Duration duration) throws InterruptedException;

    /** Ends this pause and all later ones. */
    void end();

    /** Returns one that waits in real time. */
    static Pause real() {
        CountDownLatch stopped = new CountDownLatch(1);
        return new Pause() {

            @Override
            public boolean await(Duration duration) throws InterruptedException {
                return !stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            }

            @Override
            public void end() {
                stopped.countDown();
            }
        };
    }
}
