package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A row is claimed by one worker at a time, for as long as its lease lasts. */
@OnEveryDatabase
class ClaimsTest extends ClaimsTestBase {

    /** The default; a lease is made for twice as long, and two minutes. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    ClaimsTest(Engine engine) {
        super(engine);
    }

    @Test
    void aClaimBringsAllThatTheCallNeeds() {
        String id = shop.waiting("ada", "refresh-token");

        Claim claim = claims.next().orElseThrow();

        assertThat(claim.rowId()).isEqualTo(id);
        assertThat(claim.mailbox()).isEqualTo(Workshop.mailbox("ada"));
        assertThat(claim.refreshToken()).isEqualTo("refresh-token");
        assertThat(claim.userId()).isEqualTo("ada");
        assertThat(claim.realmName()).isEqualTo("realm-name");
        assertThat(claim.connection().apiKey()).isEqualTo("server-key");
        assertThat(claim.target().apiKey()).isEqualTo("server-key");
        assertThat(claim.requiredScopes()).isEqualTo(Set.of("Mail.Read", "Calendars.Read"));
        assertThat(claim.attempts()).isZero();
        assertThat(claim.toString()).doesNotContain("refresh-token", "server-key");
    }

    @Test
    void aClaimedRowIsNobodyElsesUntilItsLeaseIsOver() {
        shop.waiting("ada", "token");
        Claim first = claims.next().orElseThrow();

        assertThat(claims.next()).isEmpty();
        shop.clock.forward(Workshop.LEASE);

        assertThat(claims.next())
                .get()
                .satisfies(second -> assertThat(second.lease()).isNotEqualTo(first.lease()));
    }

    @Test
    void aNodeWhoseClockIsAMinuteAheadLeavesARowAloneForLongerThanACallMayTake() {
        shop.waiting("ada", "token");
        InstantSource ahead = () -> shop.clock.instant().plus(Duration.ofMinutes(1));
        Claims otherNode = new Claims(shop.jobs, new Gates(ahead, shop.backoff), shop.backoff, ahead, Workshop.LEASE);
        claims.next().orElseThrow();

        shop.clock.forward(DEADLINE.multipliedBy(2));
        assertThat(otherNode.next()).isEmpty();

        shop.clock.forward(Workshop.LEASE);
        assertThat(otherNode.next()).isPresent();
    }

    @Test
    void aNodeWhoseClockIsAMinuteBehindTakesWhatTheOtherLeftAMinuteLater() {
        shop.waiting("ada", "token");
        InstantSource behind = () -> shop.clock.instant().minus(Duration.ofMinutes(1));
        Claims otherNode = new Claims(shop.jobs, new Gates(behind, shop.backoff), shop.backoff, behind, Workshop.LEASE);
        claims.next().orElseThrow();

        shop.clock.forward(Workshop.LEASE);
        assertThat(otherNode.next()).isEmpty();

        shop.clock.forward(Duration.ofMinutes(1));
        assertThat(otherNode.next()).isPresent();
    }

    @Test
    void oneLookTakesOneRow() {
        shop.person("eve");
        shop.waiting("ada", "token");
        shop.waiting("eve", "token");

        assertThat(claims.next()).isPresent();
        assertThat(claims.next()).isPresent();
        assertThat(claims.next()).isEmpty();
    }

    @Test
    void ofManyWorkersExactlyOneGetsARow() throws Exception {
        shop.waiting("ada", "token");
        int workers = 4;
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            CyclicBarrier start = new CyclicBarrier(workers);
            var looks = IntStream.range(0, workers)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return shop.claims().next();
                    }))
                    .toList();
            int claimed = 0;
            for (Future<Optional<Claim>> look : looks) {
                claimed += look.get().isPresent() ? 1 : 0;
            }
            assertThat(claimed).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
        assertThat(failure("ada")).isEmpty();
    }

    @Test
    void aClaimThatIsGivenBackIsDueAtOnce() {
        shop.waiting("ada", "token");

        claims.giveBack(claims.next().orElseThrow());

        assertThat(claims.next()).isPresent();
    }

    @Test
    void aClaimThatIsNoLongerOursIsNotGivenBack() {
        shop.waiting("ada", "token");
        Claim lost = claims.next().orElseThrow();
        shop.clock.forward(Workshop.LEASE);
        claims.next().orElseThrow();

        claims.giveBack(lost);

        assertThat(claims.next()).isEmpty();
    }

    @Test
    void theMappersOwnConnectionIsUsedWithItsKeyFromTheVault() {
        shop.keycloak.vault().put("${vault.nylas}", "realm-key\n");
        shop.keycloak.provider(
                Workshop.REALM,
                Workshop.ALIAS,
                Map.of("apiUrl", "https://nylas.example.com/", "apiKey", "${vault.nylas}"));
        shop.waiting("ada", "token");

        assertThat(claims.next()).get().satisfies(claim -> {
            assertThat(claim.target().apiKey()).isEqualTo("realm-key");
            assertThat(claim.target().apiUrl()).hasToString("https://nylas.example.com");
        });
    }
}
