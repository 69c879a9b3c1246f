package io.github.keycloaknylas.testkit.microsoft;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that never keep a finished test or demo alive. */
final class DaemonThreads {

    private DaemonThreads() {}

    static ExecutorService named(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
