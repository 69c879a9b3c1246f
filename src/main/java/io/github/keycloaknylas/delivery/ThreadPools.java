package io.github.keycloaknylas.delivery;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

/** Keycloak's pools queue whatever comes beyond their first threads (4 unless configured), and never grow. */
final class ThreadPools {

    private ThreadPools() {}

    /** The same pool, with space for so many threads at once, or for as many as the administrator allowed at most. */
    static ExecutorService widened(ExecutorService pool, int threads) {
        if (pool instanceof ThreadPoolExecutor keycloaks && keycloaks.getCorePoolSize() < threads) {
            keycloaks.setCorePoolSize(Math.min(threads, keycloaks.getMaximumPoolSize()));
        }
        return pool;
    }
}
