package io.github.keycloaknylas.nylas;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.methods.HttpUriRequest;

/**
 * Aborts requests that take too long. Socket time-outs alone never end a response that arrives byte by byte: each byte
 * restarts them.
 */
final class Watchdog implements AutoCloseable {

    static final String THREAD = "nylas-deadline";

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    });

    Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Aborts the request once the time is over, unless the returned future is cancelled before. */
    Future<?> abortAfter(Duration time, HttpUriRequest request) {
        return timer.schedule(request::abort, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Accepts no new requests; those in progress keep their deadline, and the thread ends with the last of them. */
    @Override
    public void close() {
        timer.shutdown();
    }
}
