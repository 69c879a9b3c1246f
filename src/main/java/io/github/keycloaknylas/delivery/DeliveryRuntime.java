package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.links.JpaAccountLinks;
import io.github.keycloaknylas.links.StoredUserAttributes;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.NylasClient;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.TimerProvider;

/** Assembles and runs the delivery of one node. */
final class DeliveryRuntime implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeliveryRuntime.class);
    private static final String POOL = "nylas";
    private static final String UPKEEP_POOL = "nylas-upkeep";

    private final DeliverySettings settings;
    private final ExecutorService upkeepPool;
    private final NylasClient nylas;
    private final DeliveryParts parts;
    private final DeliveryWorkers workers;
    private final AtomicBoolean keepingUp = new AtomicBoolean();

    private DeliveryRuntime(
            DeliverySettings settings,
            ExecutorService pool,
            ExecutorService upkeepPool,
            NylasClient nylas,
            DeliveryParts parts) {
        this.settings = settings;
        this.upkeepPool = upkeepPool;
        this.nylas = nylas;
        this.parts = parts;
        this.workers = new DeliveryWorkers(pool, settings.workers(), parts.work());
    }

    static DeliveryRuntime open(KeycloakSessionFactory factory, DeliverySettings settings) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            // The client is the server's own: the configured proxy and truststore apply, and it is never closed here.
            NylasClient nylas = new NylasClient(
                    session.getProvider(HttpClientProvider.class).getHttpClient(), settings.deadline());
            ExecutorsProvider executors = session.getProvider(ExecutorsProvider.class);
            InstantSource clock = InstantSource.system();
            DeliveryRuntime runtime = new DeliveryRuntime(
                    settings,
                    ThreadPools.widened(executors.getExecutor(POOL), settings.workers()),
                    executors.getExecutor(UPKEEP_POOL),
                    nylas,
                    new DeliveryParts(
                            new KeycloakStores(
                                    new Transactions(factory), new JpaAccountLinks(), new StoredUserAttributes()),
                            nylas,
                            settings,
                            new Timing(
                                    clock,
                                    new Backoff(
                                            () -> ThreadLocalRandom.current().nextDouble()),
                                    new RateLimiters(settings.requestsPerSecond(), System::nanoTime)),
                            new ThrottledWarnings(LOG, clock),
                            LinkSweep.anywhere()));
            runtime.schedule(session);
            return runtime;
        });
    }

    void wake() {
        workers.wake();
    }

    @Override
    public void close() {
        parts.stop();
        workers.stop(settings.shutdownGrace());
        nylas.close();
    }

    // The server has one timer thread for all tasks, so this one only submits work to the pools.
    private void schedule(KeycloakSession session) {
        session.getProvider(TimerProvider.class)
                .scheduleTask(timed -> poll(), settings.poll().toMillis(), "nylas-delivery");
    }

    private void poll() {
        workers.wake();
        if (keepingUp.compareAndSet(false, true)) {
            try {
                upkeepPool.submit(this::keepUp);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                keepingUp.set(false);
            }
        }
    }

    private void keepUp() {
        try {
            parts.upkeep().run();
        } finally {
            keepingUp.set(false);
        }
    }
}
