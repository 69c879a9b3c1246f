package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.attributes.KeycloakUserEvents;
import io.github.keycloaknylas.backfill.Backfill;
import io.github.keycloaknylas.backfill.Pause;
import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.OpenBreaker;
import io.github.keycloaknylas.limits.RateLimiters;
import io.github.keycloaknylas.links.JpaAccountLinks;
import io.github.keycloaknylas.links.JpaStoredLinks;
import io.github.keycloaknylas.links.JpaUserEligibility;
import io.github.keycloaknylas.links.StoredUserAttributes;
import io.github.keycloaknylas.monitoring.ObservedCalls;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.sweep.LinkSweep;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
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
    private static final String RECONCILIATION_POOL = "nylas-reconciliation";
    private static final String BACKFILL_POOL = "nylas-backfill";

    private final DeliverySettings settings;
    private final NylasClient nylas;
    private final DeliveryParts parts;
    private final ReconciliationParts reconciliationParts;
    private final DeliveryWorkers workers;
    private final PeriodicTask upkeep;
    private final PeriodicTask reconciliation;
    private final Backfill backfill;
    private final PeriodicTask backfillTask;

    private DeliveryRuntime(
            DeliverySettings settings,
            ExecutorsProvider executors,
            NylasClient nylas,
            DeliveryParts parts,
            ReconciliationParts reconciliation,
            Function<Runnable, Backfill> backfill) {
        this.settings = settings;
        this.nylas = nylas;
        this.parts = parts;
        this.reconciliationParts = reconciliation;
        this.workers = new DeliveryWorkers(
                ThreadPools.widened(executors.getExecutor(POOL), settings.workers()), settings.workers(), parts.work());
        this.upkeep = new PeriodicTask(
                executors.getExecutor(UPKEEP_POOL), () -> parts.upkeep().run());
        // A pool of its own: a pass takes minutes, and must not delay the upkeep.
        this.reconciliation =
                new PeriodicTask(executors.getExecutor(RECONCILIATION_POOL), reconciliation.reconciliation);
        this.backfill = backfill.apply(workers::wake);
        // Likewise: a run takes hours.
        this.backfillTask = new PeriodicTask(executors.getExecutor(BACKFILL_POOL), this.backfill);
    }

    static DeliveryRuntime open(
            KeycloakSessionFactory factory, DeliverySettings settings, ReconciliationSettings reconciliation) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            // The client is the server's own: the configured proxy and truststore apply, and it is never closed here.
            NylasClient nylas = new NylasClient(
                    session.getProvider(HttpClientProvider.class).getHttpClient(),
                    settings.deadline(),
                    ObservedCalls.of(session));
            InstantSource clock = InstantSource.system();
            Transactions transactions = new Transactions(factory);
            ThrottledWarnings warnings = new ThrottledWarnings(LOG, clock);
            DeliveryParts parts = new DeliveryParts(
                    new KeycloakStores(
                            transactions,
                            new JpaAccountLinks(),
                            new JpaUserEligibility(),
                            new StoredUserAttributes(),
                            new KeycloakUserEvents()),
                    nylas,
                    settings,
                    timing(clock, settings.requestsPerSecond()),
                    warnings,
                    new NoticeBacklog(
                            NoticeBacklog.MOST, !reconciliation.interval().isZero()),
                    LinkSweep.anywhere());
            DeliveryRuntime runtime = new DeliveryRuntime(
                    settings,
                    session.getProvider(ExecutorsProvider.class),
                    nylas,
                    parts,
                    new ReconciliationParts(
                            transactions,
                            parts,
                            settings,
                            reconciliation,
                            timing(clock, reconciliation.requestsPerSecond()),
                            warnings),
                    wake -> new Backfill(
                            factory,
                            new JpaStoredLinks(),
                            new JpaUserEligibility(),
                            clock,
                            warnings,
                            wake,
                            Pause.real()));
            runtime.schedule(session);
            return runtime;
        });
    }

    private static Timing timing(InstantSource clock, int requestsPerSecond) {
        return new Timing(
                clock,
                new Backoff(() -> ThreadLocalRandom.current().nextDouble()),
                new RateLimiters(requestsPerSecond, System::nanoTime));
    }

    void wake() {
        workers.wake();
    }

    void userChanged(String realmId, String userId) {
        parts.changedUsers.add(realmId, userId);
    }

    List<OpenBreaker> openBreakers() {
        return parts.openBreakers();
    }

    @Override
    public void close() {
        parts.stop();
        reconciliationParts.stop();
        backfill.stop();
        workers.stop(settings.shutdownGrace());
        leave();
        nylas.close();
    }

    private void leave() {
        try {
            parts.heartbeat.stop();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The other nodes find out that this one stops when it is not seen any more", e);
        }
    }

    // The server has one timer thread for all tasks, so this one only submits work to the pools.
    private void schedule(KeycloakSession session) {
        session.getProvider(TimerProvider.class)
                .scheduleTask(timed -> poll(), settings.poll().toMillis(), "nylas-delivery");
    }

    private void poll() {
        workers.wake();
        upkeep.start();
        reconciliation.start();
        backfillTask.start();
    }
}
