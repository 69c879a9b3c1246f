package io.github.keycloaknylas.it;

import java.time.Duration;

/** How long something takes. */
final class Timing {

    private Timing() {}

    static Duration of(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
