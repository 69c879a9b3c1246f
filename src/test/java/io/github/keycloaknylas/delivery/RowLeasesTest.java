package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.limits.CircuitBreakers;
import io.github.keycloaknylas.limits.ConcurrencyLimiter;
import io.github.keycloaknylas.limits.PreparationLimiter;
import io.github.keycloaknylas.limits.SettingKey;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A row is leased by one worker at a time, and no lane waits for the backlog of another. */
@OnEveryDatabase
class RowLeasesTest {

    /** The default; a lease lasts twice as long, and two minutes. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final int WORKERS = 4;

    private final DeliveryFixture fixture;
    private final Handovers handovers;
    private final CircuitBreakers breakers;
    private final PreparationLimiter preparations = new PreparationLimiter(WORKERS);
    private final RowLeases leases;

    RowLeasesTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
        breakers = new CircuitBreakers(
                fixture.clock, fixture.backoff, DEADLINE, DeliveryFixture.LEASE, Duration.ofMinutes(1));
        leases = leases(fixture.clock);
    }

    private RowLeases leases(InstantSource clock) {
        Lanes lanes = new Lanes(
                new CallLimits(breakers, new ConcurrencyLimiter(WORKERS), DeliveryFixture.unlimited()),
                clock,
                Duration.ofMinutes(1));
        return new RowLeases(fixture.transactions, lanes, preparations, clock, DeliveryFixture.LEASE);
    }

    private void backlog(String realm, String alias, int rows) {
        fixture.keycloak.realm(realm);
        fixture.keycloak.provider(realm, alias, Map.of());
        for (int i = 0; i < rows; i++) {
            handovers.waiting(new Mailbox(realm, alias, "person-" + i));
        }
    }

    private List<String> lanes(int most) {
        return Stream.generate(leases::next)
                .limit(most)
                .takeWhile(Optional::isPresent)
                .map(row -> row.get().lane())
                .toList();
    }

    @Test
    void aBackfilledTokenIsLeasedOnceNoLaneHasAnotherOne() {
        String backfilled = handovers.backfilled(new Mailbox(DeliveryFixture.REALM, "older", "person"));
        backlog("other", "microsoft", 2);

        assertThat(lanes(3))
                .containsExactly(
                        Handovers.lane("other", "microsoft"),
                        Handovers.lane("other", "microsoft"),
                        Handovers.lane(DeliveryFixture.REALM, "older"));
        assertThat(backfilled).isNotNull();
    }

    @Test
    void aLeaseNamesTheRowAndItsLane() {
        String id = fixture.waiting("ada", "token");

        LeasedRow row = leases.next().orElseThrow();

        assertThat(row.rowId()).isEqualTo(id);
        assertThat(fixture.<Boolean>read(
                        "ada", found -> found.isLeasedBy(row.lease().token())))
                .isTrue();
    }

    @Test
    void aLeasedRowIsNoOtherWorkersUntilItsLeaseIsOver() {
        fixture.waiting("ada", "token");
        LeasedRow first = leases.next().orElseThrow();

        assertThat(leases.next()).isEmpty();
        fixture.clock.forward(DeliveryFixture.LEASE);

        assertThat(leases.next())
                .get()
                .satisfies(second -> assertThat(second.lease().token())
                        .isNotEqualTo(first.lease().token()));
    }

    @Test
    void aNodeWhoseClockIsAMinuteAheadLeavesARowAloneForLongerThanACallMayTake() {
        fixture.waiting("ada", "token");
        RowLeases ahead = leases(() -> fixture.clock.instant().plus(Duration.ofMinutes(1)));
        leases.next().orElseThrow();

        fixture.clock.forward(DEADLINE.multipliedBy(2));
        assertThat(ahead.next()).isEmpty();
        fixture.clock.forward(DeliveryFixture.LEASE);

        assertThat(ahead.next()).isPresent();
    }

    @Test
    void aNodeWhoseClockIsAMinuteBehindTakesWhatTheOtherLeftAMinuteLater() {
        fixture.waiting("ada", "token");
        RowLeases behind = leases(() -> fixture.clock.instant().minus(Duration.ofMinutes(1)));
        leases.next().orElseThrow();

        fixture.clock.forward(DeliveryFixture.LEASE);
        assertThat(behind.next()).isEmpty();
        fixture.clock.forward(Duration.ofMinutes(1));

        assertThat(behind.next()).isPresent();
    }

    @Test
    void ofManyNodesExactlyOneGetsARow() throws Exception {
        fixture.waiting("ada", "token");
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        int leased = 0;
        try {
            CyclicBarrier start = new CyclicBarrier(WORKERS);
            List<Future<Optional<LeasedRow>>> looks = Stream.generate(() -> leases(fixture.clock))
                    .limit(WORKERS)
                    .map(node -> pool.submit(() -> {
                        start.await();
                        return node.next();
                    }))
                    .toList();
            for (Future<Optional<LeasedRow>> look : looks) {
                leased += look.get().isPresent() ? 1 : 0;
            }
        } finally {
            pool.shutdown();
        }

        assertThat(leased).isEqualTo(1);
        assertThat(fixture.read("ada", GrantEntity::attempts)).isZero();
        assertThat(handovers.failure("ada")).isEmpty();
    }

    @Test
    void aLeaseThatIsReturnedIsDueAtOnce() {
        fixture.waiting("ada", "token");

        leases.giveBack(leases.next().orElseThrow());

        assertThat(leases.next()).isPresent();
    }

    @Test
    void aLeaseThatWasLostIsNotReturned() {
        fixture.waiting("ada", "token");
        LeasedRow lost = leases.next().orElseThrow();
        fixture.clock.forward(DeliveryFixture.LEASE);
        leases.next().orElseThrow();

        leases.giveBack(lost);

        assertThat(leases.next()).isEmpty();
    }

    @Test
    void lanesTakeTurnsWhateverTheLengthOfTheirQueues() {
        backlog("large", "microsoft", 20);
        fixture.clock.forward(Duration.ofMinutes(1));
        backlog("small", "microsoft", 2);
        backlog("small", "azure", 2);

        List<String> order = lanes(6);

        assertThat(order.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(order.subList(3, 6)).isEqualTo(order.subList(0, 3));
    }

    @Test
    void rowsBehindAnOpenBreakerCostNothingAndDelayNoOtherLane() {
        backlog("broken", "microsoft", 30);
        String broken = Handovers.lane("broken", "microsoft");
        breakers.permit(new SettingKey(broken)).orElseThrow().missing();
        fixture.waiting("ada", "token");

        assertThat(lanes(5)).containsExactly(Handovers.lane(DeliveryFixture.REALM, DeliveryFixture.ALIAS));

        fixture.clock.forward(Duration.ofMinutes(1));
        assertThat(lanes(1)).containsExactly(broken);
    }

    @Test
    void halfOfTheWorkersAtMostPrepareForOneProvider() {
        backlog("slow", "microsoft", 5);
        List<LeasedRow> inPreparation =
                List.of(leases.next().orElseThrow(), leases.next().orElseThrow());
        assertThat(leases.next()).isEmpty();

        fixture.waiting("ada", "token");
        assertThat(leases.next()).isPresent();
        assertThat(leases.next()).isEmpty();
        inPreparation.get(0).slot().close();

        assertThat(leases.next()).isPresent();
    }

    @Test
    void halfOfTheWorkersAtMostPrepareForOneRealm() {
        backlog("slow", "microsoft", 5);
        backlog("slow", "azure", 5);
        for (String alias : List.of("microsoft", "azure")) {
            preparations.learned(Handovers.lane("slow", alias), "slow");
        }

        assertThat(lanes(5)).hasSize(2);
    }
}
