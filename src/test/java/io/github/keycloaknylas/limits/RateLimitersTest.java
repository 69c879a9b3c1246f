package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitersTest {

    private static final ConnectionKey A = application("a");
    private static final ConnectionKey B = application("b");

    // Just before the counter overflows, as System.nanoTime may be.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 50_000_000L);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicReference<Thread> waiting = new AtomicReference<>();
    private final RateLimiters limiters = new RateLimiters(10, nanos::get);

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private static ConnectionKey application(String id) {
        return new ConnectionKey(URI.create("https://api.us.nylas.com"), id);
    }

    private CompletableFuture<Boolean> turn(ConnectionKey application) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        waiting.set(Thread.currentThread());
                        return limiters.await(application);
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
    void theFirstCallIsMadeAtOnceAndTheNextOneIntervalLater() throws Exception {
        assertThat(limiters.await(A)).isTrue();

        CompletableFuture<Boolean> second = turn(A);
        untilItWaits();
        assertThat(second).isNotDone();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));

        assertThat(second).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    @Test
    void applicationsDoNotWaitForEachOther() throws Exception {
        limiters.await(A);

        assertThat(limiters.await(B)).isTrue();
    }

    @Test
    void theTimeUntilTheNextFreeTurnCountsThoseThatAreTaken() throws Exception {
        assertThat(limiters.untilNext(A)).isZero();
        limiters.await(A);
        assertThat(limiters.untilNext(A)).isEqualTo(Duration.ofMillis(100));
        turn(A);
        untilItWaits();

        assertThat(limiters.untilNext(A)).isEqualTo(Duration.ofMillis(200));
        assertThat(limiters.untilNext(A)).isEqualTo(Duration.ofMillis(200));
        assertThat(limiters.untilNext(B)).isZero();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(150));
        assertThat(limiters.untilNext(A)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void twoTurnsMayAlwaysBeQueuedHoweverLowTheRateIs() throws Exception {
        RateLimiters slow = new RateLimiters(1, nanos::get);
        slow.await(A);
        nanos.addAndGet(-TimeUnit.SECONDS.toNanos(1));
        assertThat(slow.mayQueue(A)).isTrue();

        nanos.addAndGet(-1);

        assertThat(slow.mayQueue(A)).isFalse();
        assertThat(slow.mayQueue(B)).isTrue();
    }

    @Test
    void unusedTurnsAreNotSavedUp() throws Exception {
        limiters.await(A);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));

        limiters.await(A);

        assertThat(limiters.untilNext(A)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aStopEndsAllWaits() throws Exception {
        limiters.await(A);
        CompletableFuture<Boolean> waitingCall = turn(A);
        untilItWaits();
        assertThat(limiters.isStopped()).isFalse();

        limiters.stop();

        assertThat(waitingCall).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
        assertThat(limiters.await(B)).isFalse();
        assertThat(limiters.isStopped()).isTrue();
    }

    @Test
    void applicationsThatAreIdleAreDropped() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            limiters.await(application("application " + i));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }

        assertThat(limiters.size()).isLessThan(300);
    }
}
