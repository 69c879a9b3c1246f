package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.NylasClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/** The workers of one node, step by step: what its threads do, in whatever order a test likes. */
public final class PlayedNode {

    private static final Logger LOG = Logger.getLogger(PlayedNode.class);
    public static final Duration LEASE = Duration.ofMinutes(4);
    public static final Duration GRACE = Duration.ofHours(24);
    public static final Duration RETENTION = Duration.ofHours(168);

    /** A row that a worker of this node has taken. */
    public record Taken(Claim claim) {

        public String rowId() {
            return claim.rowId();
        }

        public String token() {
            return claim.refreshToken();
        }
    }

    private final Merger merger;
    private final Claims claims;
    private final Attempt attempt;
    private final Projections projections;
    private final Links links;
    private final Housekeeper housekeeper;
    private final Leaver leaver;
    private final Sweep sweep;

    public PlayedNode(KeycloakSessionFactory factory, NylasClient nylas, InstantSource clock) {
        Jobs jobs = new Jobs(factory);
        Backoff backoff = new Backoff(() -> 0.5);
        Gates gates = new Gates(clock, backoff);
        Advice advice = new Advice(LOG, clock);
        merger = new Merger(jobs, clock);
        claims = new Claims(jobs, gates, backoff, clock, LEASE);
        attempt = new Attempt(nylas, new Recorder(jobs, clock), gates, backoff, new RefusalWatch(), advice);
        projections = new Projections(jobs, backoff, clock);
        links = new Links(jobs, clock);
        sweep = new Sweep(jobs, links, clock, "");
        housekeeper = new Housekeeper(jobs, gates, clock, RETENTION, advice);
        leaver = new Leaver(new Removals(jobs, backoff, clock, GRACE, LEASE, LOG), nylas, unhurried());
    }

    public void merge() {
        merger.merge();
    }

    public Optional<Taken> claim() {
        return claims.next().map(Taken::new);
    }

    public void handOver(Taken taken) {
        attempt.make(taken.claim());
    }

    public void project() {
        projections.writeDue();
    }

    public void linkChanged(Mailbox mailbox) {
        links.recheck(mailbox);
    }

    public void userGone(String realmId, String userId) {
        links.recheckUser(realmId, userId);
    }

    public void tidy() {
        housekeeper.tidy();
    }

    /** Looks again at all accounts: the tables of these tests are no longer than one step of the sweep. */
    public void sweep() {
        sweep.step();
    }

    public void deleteWhatLeft() {
        leaver.deleteDue();
    }

    // Every look at this clock finds a second gone by: the model counts events, not requests a second.
    private static Pace unhurried() {
        AtomicLong seconds = new AtomicLong();
        return new Pace(50, () -> TimeUnit.SECONDS.toNanos(seconds.incrementAndGet()));
    }
}
