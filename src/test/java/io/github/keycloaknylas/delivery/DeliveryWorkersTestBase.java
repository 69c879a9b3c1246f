package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;

/** Workers that deliver what a test makes due. */
abstract class DeliveryWorkersTestBase {

    static final int MOST = 3;
    final ExecutorService executor = Executors.newCachedThreadPool();
    final Queue<String> due = new ConcurrentLinkedQueue<>();
    final Queue<String> done = new ConcurrentLinkedQueue<>();
    final Logger log = mock(Logger.class);
    final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    DeliveryWorkers workers(ExecutorService pool, int most, DeliveryWorkers.Work work) {
        return new DeliveryWorkers(pool, most, work, log, nanos::get);
    }

    boolean deliverNext() {
        String row = due.poll();
        return row != null && done.add(row);
    }

    void warned(int times) {
        verify(log, times(times))
                .warnf(anyString(), eq("a worker stopped"), eq("java.lang.IllegalStateException"), any());
    }
}
