package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A poll starts a task, unless it is still running from an earlier one. */
class PeriodicTaskTest {

    private final ExecutorService executor = mock(ExecutorService.class);
    private final List<Runnable> submitted = new ArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final PeriodicTask task = new PeriodicTask(executor, runs::incrementAndGet);

    @BeforeEach
    void queue() {
        when(executor.submit(any(Runnable.class))).thenAnswer(call -> {
            submitted.add(call.getArgument(0));
            return null;
        });
    }

    @Test
    void isNotStartedAgainWhileItRuns() {
        task.start();
        task.start();

        assertThat(submitted).hasSize(1);
    }

    @Test
    void isStartedAgainOnceItHasEnded() {
        task.start();
        submitted.get(0).run();

        task.start();

        assertThat(submitted).hasSize(2);
        assertThat(runs).hasValue(1);
    }

    @Test
    void isStartedAgainAfterItThrew() {
        PeriodicTask broken = new PeriodicTask(executor, () -> {
            throw new IllegalStateException();
        });
        broken.start();
        try {
            submitted.get(0).run();
        } catch (IllegalStateException thrown) {
            broken.start();
        }

        assertThat(submitted).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(classes = {RejectedExecutionException.class, OutOfMemoryError.class})
    void isStartedByALaterPollIfThereWasNoThread(Class<? extends Throwable> thrown) {
        when(executor.submit(any(Runnable.class))).thenThrow(thrown).thenAnswer(call -> {
            submitted.add(call.getArgument(0));
            return null;
        });

        task.start();
        task.start();

        assertThat(submitted).hasSize(1);
    }
}
