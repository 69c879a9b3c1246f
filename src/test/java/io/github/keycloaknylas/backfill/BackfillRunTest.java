package io.github.keycloaknylas.backfill;

import static io.github.keycloaknylas.backfill.BackfillFixture.ALIAS;
import static io.github.keycloaknylas.backfill.BackfillFixture.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run from its start to its end, and what stops it in between. */
@OnEveryDatabase
class BackfillRunTest extends BackfillTestBase {

    BackfillRunTest(Engine engine) {
        super(engine);
    }

    @ParameterizedTest
    @CsvSource({"5, 25, 5000", "1, 5, 5000", "50, 100, 2000"})
    void pagesArePacedByTheRate(int rate, int pageSize, long pause) {
        fixture.people(205);
        // Workers hand over what is queued meanwhile.
        fixture.duringPause(this::handOverAll);
        fixture.start(false, rate);

        fixture.poll();

        assertThat(fixture.links.pages.get(0)).isEqualTo(pageSize);
        assertThat(fixture.pauses.get(0)).isEqualTo(Duration.ofMillis(pause));
        assertThat(fixture.run().counts().queued()).isEqualTo(205);
        long seconds = fixture.pauses.stream().mapToLong(Duration::toMillis).sum() / 1000;
        assertThat(seconds).isBetween(205L / rate - 5, 205L / rate + 5);
    }

    @Test
    void whileAMinuteOfTokensWaitsNothingIsAdded() {
        fixture.people(205);
        fixture.stopAfterPauses(100);
        fixture.start(false, 1);

        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(60);
        assertThat(fixture.run().waitsFor()).contains("delivery");

        handOverAll();
        fixture.stopAfterPauses(3);
        fixture.poll();
        assertThat(fixture.rows()).isGreaterThan(60);
        assertThat(fixture.run().waitsFor()).isEmpty();
    }

    @Test
    void aStoppedNodeLetsAnotherOneContinueAtOnceWhereItStopped() {
        fixture.people(205);
        fixture.stopAfterPauses(1);
        fixture.start(false, 50);
        fixture.poll();
        assertThat(fixture.rows()).isEqualTo(200);
        assertThat(fixture.run().isRunning()).isTrue();

        fixture.stopAfterPauses(100);
        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(205);
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(205, 205, Map.of()));
        assertThat(fixture.links.pages).containsExactly(100, 100, 5);
    }

    @Test
    void anotherNodeLeavesARunAloneUntilTheLeaseOfAKilledNodeHasEnded() {
        fixture.people(3);
        fixture.start(false, 5);
        String hash = BackfillEntity.hash(REALM, ALIAS);
        long now = fixture.clock().millis();
        assertThat(fixture.<Boolean>call(session -> BackfillRows.of(session).lease(hash, "killed", now, now + 180_000)))
                .isTrue();

        fixture.poll();
        assertThat(fixture.rows()).isZero();
        fixture.forward(Duration.ofSeconds(180));
        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(3);
    }

    @Test
    void aPageThatFailsLeavesNothingBehindAndIsRepeated() {
        fixture.people(3);
        fixture.start(false, 5);
        fixture.links.failWith(new IllegalStateException("token-of-oid"));
        fixture.stopAfterPauses(1);
        fixture.poll();

        assertThat(fixture.rows()).isZero();
        assertThat(fixture.run().counts().walked()).isZero();
        assertThat(fixture.run().waitsFor()).contains("page_failed");
        verify(fixture.warnings, org.mockito.Mockito.atLeastOnce())
                .warn(eq(REALM + "-name"), eq(ALIAS), contains("(java.lang.IllegalStateException)"));

        fixture.links.failWith(null);
        fixture.stopAfterPauses(100);
        fixture.poll();
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(3, 3, Map.of()));
    }

    @Test
    void aCancelledRunQueuesNothingMoreAndKeepsWhatIsQueued() {
        fixture.people(205);
        fixture.start(false, 50);
        fixture.duringPause(fixture::cancel);

        fixture.poll();

        assertThat(fixture.rows()).isEqualTo(100);
        assertThat(fixture.run().state()).contains(BackfillState.CANCELLED);
        assertThat(fixture.run().counts().walked()).isEqualTo(100);
        assertThat(fixture.cancel()).isFalse();
    }

    @Test
    void oneRunOfAProviderAtATimeAndAnEndedOneIsReplaced() {
        fixture.person("ada");
        assertThat(fixture.start(true, 5)).isEmpty();
        assertThat(fixture.start(false, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("running");
        fixture.poll();

        assertThat(fixture.start(false, 7)).isEmpty();
        fixture.poll();

        assertThat(fixture.run().isDryRun()).isFalse();
        assertThat(fixture.run().rate()).isEqualTo(7);
        assertThat(fixture.run().startedBy()).isEqualTo("administrator");
        assertThat(fixture.run().counts()).isEqualTo(new BackfillCounts(1, 1, Map.of()));
    }

    @Test
    void aRunWaitsForAMapperThatWasRemovedAndContinuesOnceItIsBack() {
        fixture.person("ada");
        fixture.start(false, 5);
        fixture.keycloak.bareProvider(REALM, ALIAS);
        fixture.stopAfterPauses(1);
        fixture.poll();
        assertThat(fixture.run().waitsFor()).contains("mapper_missing");
        verify(fixture.warnings, org.mockito.Mockito.atLeastOnce())
                .warn(eq(REALM + "-name"), eq(ALIAS), contains("has no Nylas mapper"));

        fixture.keycloak.provider(REALM, ALIAS, Map.of());
        fixture.stopAfterPauses(1);
        fixture.poll();

        assertThat(fixture.row("ada")).isPresent();
    }

    @Test
    void aRunOfAProviderThatIsGoneWaitsUntilItIsCancelledAndOneOfARealmThatIsGoneIsCancelled() {
        fixture.person("ada");
        fixture.start(false, 5);
        fixture.keycloak.removeProvider(REALM, ALIAS);
        fixture.stopAfterPauses(1);
        fixture.poll();
        assertThat(fixture.run().waitsFor()).contains("provider_missing");

        assertThat(fixture.cancel()).isTrue();

        fixture.keycloak.provider(REALM, ALIAS, Map.of());
        fixture.start(false, 5);
        fixture.keycloak.removeRealm(REALM);
        fixture.poll();

        assertThat(fixture.run().state()).contains(BackfillState.CANCELLED);
        assertThat(fixture.rows()).isZero();
    }

    @Test
    void noRunStartsWithoutAMapperForCertainClientsWithAnUnknownRoleOrWithoutASealKey() {
        fixture.keycloak.bareProvider(REALM, ALIAS);
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("mapper_missing");
        fixture.keycloak.provider(REALM, ALIAS, Map.of("clients", "mail-app"));
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("mapper_clients");
        fixture.keycloak.provider(REALM, ALIAS, Map.of("role", "unknown"));
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("mapper_audience");
        fixture.keycloak.provider(REALM, ALIAS, Map.of());
        fixture.options.without("nylas-seal-key/default/secret");
        assertThat(fixture.start(true, 5))
                .get()
                .extracting(BackfillObstacle::code)
                .isEqualTo("seal_key");
    }

    @Test
    void runsOfSeveralProvidersAdvanceSideBySide() {
        fixture.people(205);
        fixture.keycloak.provider(REALM, "other", Map.of());
        fixture.start(false, 50);
        fixture.call(session -> new BackfillStart(fixture.links, fixture.clock())
                .start(fixture.bound(session), new BackfillOrder(REALM, "other", true, 5, "administrator")));
        fixture.stopAfterPauses(1);

        fixture.poll();

        assertThat(fixture.rows()).isPositive();
        assertThat(fixture.<Long>call(session -> BackfillRows.of(session)
                        .find(REALM, "other")
                        .orElseThrow()
                        .counts()
                        .walked()))
                .isPositive();
    }

    @Test
    void withoutARunAPollPausesForNothing() {
        fixture.poll();

        assertThat(fixture.pauses).isEmpty();
    }
}
