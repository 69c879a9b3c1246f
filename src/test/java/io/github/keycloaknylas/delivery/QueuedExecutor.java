package io.github.keycloaknylas.delivery;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps what it is given until the test runs it. */
final class QueuedExecutor extends AbstractExecutorService {

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
