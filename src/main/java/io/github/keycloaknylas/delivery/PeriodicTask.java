package io.github.keycloaknylas.delivery;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A task of a node that is started by each poll, unless it is still running. */
final class PeriodicTask {

    private final ExecutorService executor;
    private final Runnable task;
    private final AtomicBoolean running = new AtomicBoolean();

    PeriodicTask(ExecutorService executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    void start() {
        if (running.compareAndSet(false, true)) {
            try {
                executor.submit(this::run);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                running.set(false);
            }
        }
    }

    private void run() {
        try {
            task.run();
        } finally {
            running.set(false);
        }
    }
}
