package io.github.keycloaknylas.delivery;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

/** Widens Keycloak's pools, which queue tasks beyond their first threads (4 unless configured) and never grow. */
final class ThreadPools {

    private ThreadPools() {}

    /**
     * Returns the same pool with space for this many threads at once, or for the maximum that the
     * administrator allowed.
     */
    static ExecutorService widened(ExecutorService pool, int threads) {
        if (pool instanceof ThreadPoolExecutor keycloaks && keycloaks.getCorePoolSize() < threads) {
            keycloaks.setCorePoolSize(Math.min(threads, keycloaks.getMaximumPoolSize()));
        }
        return pool;
    }
}
