package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/** The threads that send notifications; they are started when there is something to send, and keep no JVM alive. */
final class NotificationThreads implements AutoCloseable {

    private static final int THREADS = 8;

    private final ScheduledThreadPoolExecutor executor;
    private int unfinished;

    NotificationThreads() {
        executor = new ScheduledThreadPoolExecutor(
                THREADS,
                task -> {
                    Thread thread = new Thread(task, "fake-nylas-notifications");
                    thread.setDaemon(true);
                    return thread;
                },
                new DiscardPolicy());
    }

    synchronized void run(Runnable task, Duration delay) {
        unfinished++;
        executor.schedule(
                () -> {
                    try {
                        task.run();
                    } finally {
                        finished();
                    }
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    synchronized void awaitIdle(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (unfinished > 0) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (millis <= 0) {
                throw new IllegalStateException(unfinished + " attempts are still due after " + patience);
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for notifications", e);
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private synchronized void finished() {
        unfinished--;
        notifyAll();
    }
}
