package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.ledger.Mailbox;
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

/** Everything that delivers on one node, put together. */
final class DeliveryRoom implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeliveryRoom.class);
    private static final String POOL = "nylas";
    private static final String UPKEEP_POOL = "nylas-upkeep";

    private final DeliverySettings settings;
    private final ExecutorService upkeep;
    private final NylasClient nylas;
    private final Courier courier;
    private final Links links;
    private final Housekeeper housekeeper;
    private final Leaver leaver;
    private final Sweep sweep;
    private final AtomicBoolean tidying = new AtomicBoolean();

    private DeliveryRoom(
            KeycloakSessionFactory factory,
            DeliverySettings settings,
            ExecutorService workers,
            ExecutorService upkeep,
            NylasClient nylas) {
        InstantSource clock = InstantSource.system();
        Jobs jobs = new Jobs(factory);
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        Gates gates = new Gates(clock, backoff);
        Advice advice = new Advice(LOG, clock);
        this.settings = settings;
        this.upkeep = upkeep;
        this.nylas = nylas;
        Pace pace = new Pace(settings.requestsPerSecond(), System::nanoTime);
        this.links = new Links(jobs, clock);
        this.sweep = new Sweep(jobs, links, clock);
        this.housekeeper = new Housekeeper(jobs, gates, clock, settings.retention(), advice);
        this.leaver = new Leaver(
                new Removals(jobs, backoff, clock, settings.leavingGrace(), settings.lease(), LOG), nylas, pace);
        this.courier = new Courier(
                workers,
                settings.workers(),
                pace,
                new Merger(jobs, clock),
                new Claims(jobs, gates, backoff, clock, settings.lease()),
                new Attempt(nylas, new Recorder(jobs, clock), gates, backoff, new RefusalWatch(), advice),
                new Projections(jobs, backoff, clock));
    }

    static DeliveryRoom open(KeycloakSessionFactory factory, DeliverySettings settings) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            // The client is the server's own: the company's proxy and truststore apply, and nobody here closes it.
            NylasClient nylas = new NylasClient(
                    session.getProvider(HttpClientProvider.class).getHttpClient(), settings.deadline());
            ExecutorsProvider executors = session.getProvider(ExecutorsProvider.class);
            DeliveryRoom room = new DeliveryRoom(
                    factory,
                    settings,
                    Pools.widened(executors.getExecutor(POOL), settings.workers()),
                    executors.getExecutor(UPKEEP_POOL),
                    nylas);
            room.schedule(session);
            return room;
        });
    }

    void nudge() {
        courier.nudge();
    }

    void linkChanged(Mailbox mailbox) {
        submit(() -> {
            links.recheck(mailbox);
            courier.nudge();
        });
    }

    void userGone(String realmId, String userId) {
        submit(() -> {
            links.recheckUser(realmId, userId);
            courier.nudge();
        });
    }

    @Override
    public void close() {
        courier.stop(settings.shutdownGrace());
        nylas.close();
    }

    // The server has one timer thread for everything: it only hands over to the pool.
    private void schedule(KeycloakSession session) {
        session.getProvider(TimerProvider.class)
                .scheduleTask(timed -> tick(), settings.poll().toMillis(), "nylas-delivery");
    }

    private void tick() {
        courier.nudge();
        if (tidying.compareAndSet(false, true)) {
            submit(this::tidy);
        }
    }

    private void tidy() {
        try {
            housekeeper.tidy();
            leaver.deleteDue();
            sweep.step();
        } catch (RuntimeException e) {
            LOG.debug("Housekeeping is done at the next tick", e);
        } finally {
            tidying.set(false);
        }
    }

    private void submit(Runnable work) {
        try {
            upkeep.submit(work);
        } catch (RejectedExecutionException e) {
            tidying.set(false);
        }
    }
}
