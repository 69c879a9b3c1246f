package io.github.keycloaknylas.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class ThrottledWarningsTest {

    private final AtomicInteger said = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final ThrottledWarnings warnings = new ThrottledWarnings(countingLogger(), now::get);

    private Logger countingLogger() {
        Logger logger = Mockito.mock(Logger.class);
        Mockito.doAnswer(call -> said.incrementAndGet())
                .when(logger)
                .warnf(Mockito.anyString(), Mockito.any(), Mockito.any(), Mockito.any());
        return logger;
    }

    private void forward(Duration time) {
        now.set(now.get().plus(time));
    }

    @Test
    void theSameIsSaidOnceAnHour() {
        warnings.warn("realm", "microsoft", "Do this.");
        forward(Duration.ofHours(1).minusMillis(1));
        warnings.warn("realm", "microsoft", "Do this.");
        assertThat(said).hasValue(1);

        forward(Duration.ofMillis(1));
        warnings.warn("realm", "microsoft", "Do this.");
        assertThat(said).hasValue(2);

        forward(Duration.ofMinutes(59));
        warnings.warn("realm", "microsoft", "Do this.");
        assertThat(said).hasValue(2);
    }

    @Test
    void whatDiffersInRealmProviderOrSentenceIsSaidForItself() {
        warnings.warn("realm", "microsoft", "Do this.");
        warnings.warn("other", "microsoft", "Do this.");
        warnings.warn("realm", "other", "Do this.");
        warnings.warn("realm", "microsoft", "Do that.");

        assertThat(said).hasValue(4);
    }

    @Test
    void manyLoginsAtOnceSayItOnce() throws Exception {
        int logins = 16;
        ExecutorService threads = Executors.newFixedThreadPool(logins);
        try {
            CyclicBarrier start = new CyclicBarrier(logins);
            for (int round = 1; round <= 20; round++) {
                forward(Duration.ofHours(1));
                var ends = IntStream.range(0, logins)
                        .mapToObj(i -> threads.submit(() -> {
                            start.await();
                            warnings.warn("realm", "microsoft", "Do this.");
                            return null;
                        }))
                        .toList();
                for (var end : ends) {
                    end.get();
                }
                assertThat(said).hasValue(round);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatWasSaidIsNotRememberedWithoutBounds() {
        for (int i = 0; i < 25_000; i++) {
            warnings.warn("realm", "microsoft", "Sentence " + i);
        }

        assertThat(said).hasValue(25_000);
    }
}
