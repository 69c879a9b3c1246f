package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens to workers when the node stops. */
class StoppedWorkersTest extends DeliveryWorkersTestBase {

    @Test
    void afterAStopNothingIsStarted() {
        QueuedExecutor pool = new QueuedExecutor();
        DeliveryWorkers workers = workers(pool, 1, this::deliverNext);
        due.add("row");

        workers.stop(Duration.ofSeconds(10));
        workers.wake();

        assertThat(pool.tasks).isEmpty();
    }

    @Test
    void aWorkerThatGetsItsThreadAfterTheStopTakesNothing() {
        QueuedExecutor pool = new QueuedExecutor();
        DeliveryWorkers workers = workers(pool, 1, this::deliverNext);
        due.add("row");
        workers.wake();

        workers.stop(Duration.ZERO);
        pool.runAll();

        assertThat(done).isEmpty();
        assertThat(workers.running()).isZero();
    }

    @Test
    void aStopWaitsForWorkInProgressAndStartsNoMore() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        DeliveryWorkers workers = workers(executor, 1, () -> {
            called.countDown();
            answer.await();
            return deliverNext();
        });
        due.addAll(List.of("in progress", "left for later"));
        workers.wake();
        called.await();

        Thread stopping = new Thread(() -> workers.stop(Duration.ofSeconds(60)));
        stopping.start();
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        answer.countDown();

        stopping.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(stopping.isAlive()).isFalse();
        assertThat(done).containsExactly("in progress");
        assertThat(due).containsExactly("left for later");
    }

    @Test
    void aStopWaitsNoLongerThanItsGrace() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        DeliveryWorkers workers = workers(executor, 1, () -> {
            called.countDown();
            never.await();
            return false;
        });
        workers.wake();
        called.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> workers.stop(Duration.ofMillis(50)));

        assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        assertThat(workers.running()).isEqualTo(1);
        never.countDown();
    }
}
