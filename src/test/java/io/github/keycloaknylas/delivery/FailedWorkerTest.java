package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker that cannot start or that throws does not end the delivery. */
class FailedWorkerTest extends DeliveryWorkersTestBase {

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable trouble) throws T {
        throw (T) trouble;
    }

    static List<Throwable> whateverAnExecutorThrows() {
        return List.of(
                new OutOfMemoryError("unable to create native thread"),
                new RejectedExecutionException("full"),
                new NoClassDefFoundError("test"),
                new IllegalStateException("test"));
    }

    @ParameterizedTest
    @MethodSource("whateverAnExecutorThrows")
    void aWorkerThatCannotStartDoesNotEndTheDelivery(Throwable trouble) {
        QueuedExecutor pool = new QueuedExecutor();
        DeliveryWorkers workers = workers(pool, 1, this::deliverNext);
        due.add("row");
        pool.fails(trouble, false);

        workers.wake();
        assertThat(workers.running()).isZero();
        workers.wake();
        pool.runAll();

        assertThat(done).containsExactly("row");
        assertThat(workers.running()).isZero();
    }

    @Test
    void aPoolThatFindsNoThreadOnceDeliversAtTheNextNudge() {
        AtomicBoolean noThread = new AtomicBoolean(true);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new Thread(task) {
                    @Override
                    public synchronized void start() {
                        if (noThread.getAndSet(false)) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        super.start();
                    }
                });
        try {
            DeliveryWorkers workers = workers(pool, 1, this::deliverNext);
            due.add("row");

            workers.wake();
            assertThat(workers.running()).isZero();
            workers.wake();

            await().untilAsserted(() -> assertThat(done).containsExactly("row"));
            await().until(() -> workers.running() == 0);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aWorkerThatWasQueuedAlthoughTheExecutorThrewIsNotCountedTwice() {
        QueuedExecutor pool = new QueuedExecutor();
        DeliveryWorkers workers = workers(pool, 1, this::deliverNext);
        due.add("row");
        pool.fails(new OutOfMemoryError("unable to create native thread"), true);

        workers.wake();
        pool.runAll();
        assertThat(done).isEmpty();
        assertThat(workers.running()).isZero();
        workers.wake();
        pool.runAll();

        assertThat(done).containsExactly("row");
        assertThat(workers.running()).isZero();
    }

    @ParameterizedTest
    @MethodSource("whateverAnExecutorThrows")
    void whateverAWorkerThrowsEndsThatWorkerOnly(Throwable trouble) {
        QueuedExecutor pool = new QueuedExecutor();
        AtomicBoolean broken = new AtomicBoolean(true);
        DeliveryWorkers workers = workers(pool, 1, () -> {
            if (broken.getAndSet(false)) {
                throw sneaky(trouble);
            }
            return deliverNext();
        });
        due.add("row");

        workers.wake();
        pool.runAll();
        assertThat(done).isEmpty();
        assertThat(workers.running()).isZero();
        workers.wake();
        pool.runAll();

        assertThat(done).containsExactly("row");
    }

    @Test
    void workersThatFailAreLoggedOnceAMinute() {
        QueuedExecutor pool = new QueuedExecutor();
        DeliveryWorkers workers = workers(pool, 1, () -> {
            throw new IllegalStateException("The database is down");
        });

        for (int i = 0; i < 100; i++) {
            workers.wake();
            pool.runAll();
        }
        warned(1);
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        workers.wake();
        pool.runAll();

        warned(2);
    }
}
