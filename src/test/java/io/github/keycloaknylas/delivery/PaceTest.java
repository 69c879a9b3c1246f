package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicReference<Thread> waiting = new AtomicReference<>();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private CompletableFuture<Boolean> turn(Pace pace) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        waiting.set(Thread.currentThread());
                        return pace.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                workers);
    }

    private void untilItWaits() {
        await().until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void theFirstCallGoesOutAtOnceAndTheNextOneIntervalLater() throws Exception {
        Pace pace = new Pace(10, nanos::get);
        assertThat(pace.await()).isTrue();

        CompletableFuture<Boolean> second = turn(pace);
        untilItWaits();
        assertThat(second).isNotDone();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));

        assertThat(second).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    @Test
    void aQuietTimeIsNotSavedUp() throws Exception {
        Pace pace = new Pace(10, nanos::get);
        pace.await();
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(pace.await()).isTrue();

        CompletableFuture<Boolean> next = turn(pace);
        untilItWaits();

        assertThat(next).isNotDone();
    }

    @Test
    void aStopSendsEverybodyHome() throws Exception {
        Pace pace = new Pace(1, nanos::get);
        pace.await();
        CompletableFuture<Boolean> waitingCall = turn(pace);
        untilItWaits();

        pace.stop();

        assertThat(waitingCall).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
        assertThat(pace.await()).isFalse();
    }
}
