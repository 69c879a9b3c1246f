package io.github.keycloaknylas.it.support;

import java.time.Duration;

/** How long something takes. */
public final class Timing {

    private Timing() {}

    public static Duration of(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
