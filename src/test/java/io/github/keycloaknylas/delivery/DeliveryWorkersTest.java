package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryWorkersTest {

    private static final int MOST = 3;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Queue<String> due = new ConcurrentLinkedQueue<>();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final Logger log = mock(Logger.class);
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private DeliveryWorkers workers(ExecutorService pool, int most, DeliveryWorkers.Work work) {
        return new DeliveryWorkers(pool, most, work, log, nanos::get);
    }

    private boolean deliverNext() {
        String row = due.poll();
        return row != null && done.add(row);
    }

    /** Keeps what it is given until the test runs it. */
    private static class Queued extends AbstractExecutorService {

        final Queue<Runnable> tasks = new ArrayDeque<>();
        Throwable trouble;
        boolean queuesAllTheSame;

        void fails(Throwable error, boolean butQueues) {
            trouble = error;
            queuesAllTheSame = butQueues;
        }

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.poll().run();
            }
        }

        @Override
        public void execute(Runnable task) {
            Throwable now = trouble;
            trouble = null;
            if (now == null || queuesAllTheSame) {
                tasks.add(task);
            }
            if (now instanceof Error error) {
                throw error;
            }
            if (now instanceof RuntimeException exception) {
                throw exception;
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
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
        Queued pool = new Queued();
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
        Queued pool = new Queued();
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
        Queued pool = new Queued();
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

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable trouble) throws T {
        throw (T) trouble;
    }

    @Test
    void workersThatFailAreLoggedOnceAMinute() {
        Queued pool = new Queued();
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

    private void warned(int times) {
        verify(log, times(times))
                .warnf(anyString(), eq("a worker stopped"), eq("java.lang.IllegalStateException"), any());
    }

    @Test
    void aNudgeDeliversAllThatIsDue() {
        for (int i = 0; i < 20; i++) {
            due.add("row-" + i);
        }
        DeliveryWorkers workers = workers(executor, MOST, this::deliverNext);

        workers.wake();

        await().untilAsserted(() -> assertThat(done).hasSize(20));
        await().until(() -> workers.running() == 0);
    }

    @Test
    void aNudgeWithNothingDueStartsOneWorker() {
        Queued pool = new Queued();
        AtomicInteger looks = new AtomicInteger();
        DeliveryWorkers workers = workers(pool, MOST, () -> {
            looks.incrementAndGet();
            return false;
        });

        workers.wake();
        pool.runAll();

        assertThat(looks).hasValue(1);
    }

    @Test
    void moreWorkersStartWhileThereIsWorkButNeverMoreThanAllowed() {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        DeliveryWorkers workers = workers(executor, MOST, () -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            if (calls.incrementAndGet() > 1) {
                release.await();
            }
            boolean found = deliverNext();
            atWork.decrementAndGet();
            return found;
        });
        for (int i = 0; i < 20; i++) {
            due.add("row-" + i);
        }

        for (int i = 0; i < 10; i++) {
            workers.wake();
        }
        await().until(() -> atWork.get() == MOST);
        release.countDown();

        await().until(() -> due.isEmpty() && workers.running() == 0);
        assertThat(most).hasValue(MOST);
    }

    @Test
    void aNudgeDuringTheLastLookIsNotLost() {
        Queued pool = new Queued();
        AtomicReference<DeliveryWorkers> self = new AtomicReference<>();
        AtomicBoolean late = new AtomicBoolean(true);
        self.set(workers(pool, 1, () -> {
            boolean found = deliverNext();
            if (!found && late.getAndSet(false)) {
                due.add("came late");
                self.get().wake();
            }
            return found;
        }));

        self.get().wake();
        pool.runAll();

        assertThat(done).containsExactly("came late");
    }

    @Test
    void nudgesThatRaceWithWorkersThatLeaveAreNotLost() throws Exception {
        DeliveryWorkers workers = workers(executor, 1, this::deliverNext);
        int rounds = 2_000;
        CyclicBarrier together = new CyclicBarrier(2);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> add(rounds, "b", together, workers), executor);

        add(rounds, "a", together, workers);
        other.get(60, TimeUnit.SECONDS);

        await().untilAsserted(() -> assertThat(done).hasSize(2 * rounds));
        await().until(() -> workers.running() == 0);
    }

    private void add(int rounds, String name, CyclicBarrier together, DeliveryWorkers workers) {
        for (int i = 0; i < rounds; i++) {
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            due.add(name + i);
            workers.wake();
        }
    }

    @Test
    void afterAStopNothingIsStarted() {
        Queued pool = new Queued();
        DeliveryWorkers workers = workers(pool, 1, this::deliverNext);
        due.add("row");

        workers.stop(Duration.ofSeconds(10));
        workers.wake();

        assertThat(pool.tasks).isEmpty();
    }

    @Test
    void aWorkerThatGetsItsThreadAfterTheStopTakesNothing() {
        Queued pool = new Queued();
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
