package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many workers run at once as the option says, though Keycloak's pool begins with few threads and a long queue. */
class ThreadPoolsTest {

    private final ThreadPoolExecutor keycloaks =
            new ThreadPoolExecutor(1, 8, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    @AfterEach
    void stop() {
        keycloaks.shutdownNow();
    }

    @Test
    void asManyWorkersRunAtOnceAsAreAskedFor() throws Exception {
        CyclicBarrier together = new CyclicBarrier(5);

        ExecutorService pool = ThreadPools.widened(keycloaks, 5);

        for (Future<Integer> worker : IntStream.range(0, 5)
                .mapToObj(i -> pool.submit(() -> together.await()))
                .toList()) {
            assertThat(worker.get(10, TimeUnit.SECONDS)).isBetween(0, 4);
        }
    }

    @Test
    void whatTheAdministratorAllowsAtMostIsNotExceeded() {
        ThreadPools.widened(keycloaks, 32);

        assertThat(keycloaks.getCorePoolSize()).isEqualTo(8);
    }

    @Test
    void aPoolThatIsWideEnoughStaysAsItIs() {
        keycloaks.setCorePoolSize(6);

        ThreadPools.widened(keycloaks, 4);

        assertThat(keycloaks.getCorePoolSize()).isEqualTo(6);
    }

    @Test
    void aPoolOfAnotherKindIsTakenAsItIs() {
        ExecutorService other = Executors.newSingleThreadScheduledExecutor();
        ExecutorService wrapped = Executors.unconfigurableExecutorService(other);

        assertThat(ThreadPools.widened(wrapped, 4)).isSameAs(wrapped);
        other.shutdownNow();
    }
}
