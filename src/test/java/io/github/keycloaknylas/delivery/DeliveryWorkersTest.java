package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How many workers start, and when. */
class DeliveryWorkersTest extends DeliveryWorkersTestBase {

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
        QueuedExecutor pool = new QueuedExecutor();
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
        QueuedExecutor pool = new QueuedExecutor();
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
}
