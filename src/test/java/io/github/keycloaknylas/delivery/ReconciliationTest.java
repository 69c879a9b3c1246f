package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.GrantCounts;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger is compared with all grants of an application, and each difference is confirmed. */
@OnEveryDatabase
class ReconciliationTest {

    private static final Duration INTERVAL = Duration.ofHours(6);
    private static final String CONNECTION = Digests.sha256("https://api.us.nylas.com", DeliveryFixture.APPLICATION);

    private final DeliveryFixture fixture;
    private final FakeListing nylas;
    private Reconciliation reconciliation;

    ReconciliationTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        nylas = new FakeListing(fixture.nylas);
    }

    @BeforeEach
    void adaHasAGrant() {
        reconciliation = node(INTERVAL);
        connected("ada");
        reconciliation.run();
    }

    private Reconciliation node(Duration interval) {
        return node(fixture.parts, interval);
    }

    private Reconciliation node(DeliveryParts parts, Duration interval) {
        return new ReconciliationParts(
                        fixture.transactions,
                        parts,
                        DeliveryFixture.SETTINGS,
                        new ReconciliationSettings(interval, 2, 5),
                        new Timing(fixture.clock, fixture.backoff, DeliveryFixture.unlimited()),
                        fixture.warnings)
                .reconciliation;
    }

    private void connected(String name) {
        fixture.person(name);
        fixture.connected(name, "grant-of-" + name);
        nylas.has(DeliveryFixture.grant("grant-of-" + name, name));
    }

    private void connected(int people) {
        people(people).forEach(this::connected);
    }

    private static List<String> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> "person-" + i).toList();
    }

    private void passAfterTheInterval() {
        fixture.clock.forward(INTERVAL);
        reconciliation.run();
        fixture.parts.attributes.writeDue();
    }

    private <T> T row(Function<ConnectionEntity, T> look) {
        return fixture.transactions.call(
                session -> ConnectionRows.of(session).find(CONNECTION).map(look).orElseThrow());
    }

    private long connectedOf(List<String> names) {
        return names.stream()
                .filter(name -> fixture.state(name).equals(Optional.of(GrantState.CONNECTED)))
                .count();
    }

    private void verifyLooks(int calls) {
        verify(fixture.nylas, times(calls)).grant(any(), any());
    }

    @Test
    void aGrantThatExpiredAtNylasWaitsForANewSignIn() {
        nylas.expires("grant-of-ada");

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        verifyLooks(1);
    }

    @Test
    void aGrantThatWasDeletedAtNylasIsNoLongerShown() {
        nylas.deletes("grant-of-ada");

        passAfterTheInterval();

        assertThat(fixture.shown("ada")).isEmpty();
    }

    @Test
    void aGrantThatIsValidAgainIsConnectedAgain() {
        nylas.expires("grant-of-ada");
        passAfterTheInterval();
        nylas.has(DeliveryFixture.grant("grant-of-ada", "ada"));

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aGrantThatIsAnotherPersonsMailboxByNowIsHeldBack() {
        nylas.has(DeliveryFixture.grant("grant-of-ada", "eve"));

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.HELD);
        assertThat(fixture.shown("ada")).isEmpty();
        verifyLooks(1);
    }

    @Test
    void aListingThatDoesNotNameTheMailboxIsNoDifference() {
        nylas.has(new NylasGrant("grant-of-ada", null, null, Set.of()));

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verifyLooks(0);
    }

    @Test
    void whereNothingDiffersNoGrantIsAskedForAndNoMailboxIsWritten() {
        connected(5);

        passAfterTheInterval();

        verifyLooks(0);
        assertThat(row(ConnectionEntity::reconciledAt)).contains(fixture.now());
        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(6, 0));
    }

    @Test
    void aDifferenceThatTheSingleLookDoesNotConfirmChangesNothing() {
        connected(5);
        nylas.longestPage(2);
        AtomicInteger pages = new AtomicInteger();
        nylas.beforeEachPage(() -> {
            // The first page shifts after it was read, which hides a grant of the second one.
            if (pages.incrementAndGet() == 2) {
                nylas.deletes("grant-of-ada");
            }
            return Optional.empty();
        });

        passAfterTheInterval();

        assertThat(connectedOf(people(5))).isEqualTo(5);
        verifyLooks(1);
    }

    @Test
    void nothingIsReadBeforeTheIntervalIsOver() {
        nylas.expires("grant-of-ada");
        fixture.clock.forward(INTERVAL.minusMillis(1));

        reconciliation.run();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verify(fixture.nylas, never()).grants(any(), anyInt(), anyInt());
    }

    @Test
    void thereIsOnePassPerInterval() {
        passAfterTheInterval();

        fixture.clock.forward(Duration.ofHours(1));
        reconciliation.run();

        assertThat(row(ConnectionEntity::nextAt)).isEqualTo(fixture.now() - 3_600_000 + INTERVAL.toMillis());
        verify(fixture.nylas, times(2)).grants(any(), anyInt(), anyInt());
    }

    @Test
    void withoutAnIntervalThereIsNoPass() {
        reconciliation = node(Duration.ZERO);
        nylas.expires("grant-of-ada");

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void oneNodeAtATimeReconcilesAnApplication() {
        nylas.expires("grant-of-ada");
        Reconciliation other = node(fixture.node(), INTERVAL);
        nylas.beforeEachPage(() -> {
            other.run();
            return Optional.empty();
        });

        passAfterTheInterval();

        verify(fixture.nylas, times(2)).grants(any(), anyInt(), anyInt());
    }

    @Test
    void thePassOfANodeThatWasKilledIsTakenOverWhenItsLeaseEnds() {
        nylas.expires("grant-of-ada");
        nylas.beforeEachPage(() -> {
            throw new OutOfMemoryError("the node is gone");
        });
        fixture.clock.forward(INTERVAL);
        try {
            reconciliation.run();
        } catch (OutOfMemoryError killed) {
            nylas.beforeEachPage(Optional::empty);
        }
        Reconciliation other = node(fixture.node(), INTERVAL);

        other.run();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        fixture.clock.forward(DeliveryFixture.LEASE);
        other.run();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
    }

    @Test
    void aLeaseIsExtendedWhileThePassMakesProgress() {
        connected(5);
        nylas.longestPage(1);
        nylas.expires("grant-of-ada");
        Reconciliation other = node(fixture.node(), INTERVAL);
        AtomicInteger pages = new AtomicInteger();
        nylas.beforeEachPage(() -> {
            fixture.clock.forward(DeliveryFixture.LEASE.dividedBy(2));
            if (pages.incrementAndGet() == 5) {
                other.run();
            }
            return Optional.empty();
        });

        passAfterTheInterval();

        assertThat(pages).hasValue(7);
        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
    }

    @Test
    void aPassThatLostItsLeaseChangesNothing() {
        nylas.expires("grant-of-ada");
        nylas.beforeEachPage(() -> {
            fixture.clock.forward(DeliveryFixture.LEASE.plusMinutes(1));
            Rows.sql(
                    fixture,
                    em -> em.createNativeQuery("update NYLAS_CONNECTION set LEASE_TOKEN = 'other'")
                            .executeUpdate());
            return Optional.empty();
        });

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(row(ConnectionEntity::reconciledAt)).isEmpty();
    }

    @Test
    void aGrantThatIsHandedOverDuringThePassIsNotAskedFor() {
        nylas.beforeEachPage(() -> {
            fixture.person("bob");
            fixture.connected("bob", "grant-of-bob");
            return Optional.empty();
        });

        passAfterTheInterval();

        verifyLooks(0);
        assertThat(fixture.shown("bob")).contains("grant-of-bob");
    }

    @Test
    void aPassThatBrokeOffStartsAgainLater() {
        nylas.expires("grant-of-ada");
        nylas.beforeEachPage(() -> Optional.of(tooManyRequests(Duration.ofMinutes(3))));
        passAfterTheInterval();
        nylas.beforeEachPage(Optional::empty);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(row(ConnectionEntity::nextAt))
                .isEqualTo(fixture.now() + Duration.ofMinutes(3).toMillis());
        assertThat(row(ConnectionEntity::failure).map(LastFailure::failureClass))
                .contains("temporary");
        assertThat(row(ConnectionEntity::attempts)).isEqualTo(1);

        fixture.clock.forward(Duration.ofMinutes(3));
        reconciliation.run();
        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        assertThat(row(ConnectionEntity::failure)).isEmpty();
        assertThat(row(ConnectionEntity::attempts)).isZero();
    }

    private static CallResult<List<NylasGrant>> tooManyRequests(Duration pause) {
        return new CallResult.Failed<>(new Failure(
                FailureKind.TEMPORARY, null, "api.rate_limit_error", 429, "request-9", pause, "Slow down."));
    }

    @Test
    void theWaitGrowsWithEachPassThatBreaksOff() {
        nylas.beforeEachPage(() -> Optional.of(tooManyRequests(null)));
        passAfterTheInterval();
        assertThat(row(ConnectionEntity::nextAt))
                .isEqualTo(fixture.now() + Duration.ofMinutes(1).toMillis());
        fixture.clock.forward(Duration.ofMinutes(1));

        reconciliation.run();

        assertThat(row(ConnectionEntity::nextAt))
                .isEqualTo(fixture.now() + Duration.ofMinutes(5).toMillis());
    }

    @Test
    void anEmptiedApplicationChangesNothingUntilAnAdministratorConfirms() {
        connected("bob");
        nylas.deletes("grant-of-ada");
        nylas.deletes("grant-of-bob");

        passAfterTheInterval();

        assertThat(connectedOf(List.of("ada", "bob"))).isEqualTo(2);
        assertThat(row(ConnectionEntity::alarmAt)).contains(fixture.now());
        verifyLooks(0);
        verify(fixture.warnings)
                .warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("2 of 2 grants of application"));
    }

    @Test
    void moreThanFivePercentAtOnceChangeNothing() {
        connected(30);
        people(11).forEach(name -> nylas.expires("grant-of-" + name));
        nylas.expires("grant-of-ada");

        passAfterTheInterval();

        assertThat(connectedOf(people(30))).isEqualTo(30);
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verifyLooks(0);
    }

    @Test
    void aFewLossesNeedNoConfirmation() {
        connected(30);
        people(10).forEach(name -> nylas.expires("grant-of-" + name));

        passAfterTheInterval();

        assertThat(connectedOf(people(30))).isEqualTo(20);
    }

    @Test
    void confirmedDifferencesAreApplied() {
        connected(20);
        people(20).forEach(name -> nylas.deletes("grant-of-" + name));
        passAfterTheInterval();
        Rows.sql(
                fixture,
                em -> em.createNativeQuery(
                                "update NYLAS_CONNECTION set CONFIRMED_AT = 1, NEXT_AT = 0, ROW_VERSION = ROW_VERSION + 1"
                                        + " where ALARM_AT is not null")
                        .executeUpdate());

        fixture.clock.forward(Duration.ofMinutes(1));
        reconciliation.run();

        assertThat(connectedOf(people(20))).isZero();
        assertThat(row(ConnectionEntity::alarmAt)).isEmpty();
    }

    @Test
    void aConfirmationIsValidForOnePassOnly() {
        connected(20);
        people(20).forEach(name -> nylas.expires("grant-of-" + name));
        passAfterTheInterval();
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_CONNECTION set CONFIRMED_AT = 1, NEXT_AT = 0")
                        .executeUpdate());
        fixture.clock.forward(Duration.ofMinutes(1));
        reconciliation.run();
        people(20).forEach(name -> nylas.deletes("grant-of-" + name));

        passAfterTheInterval();

        assertThat(people(20)).allMatch(fixture::exists);
    }

    @Test
    void grantsThatOnlyNylasKnowsAreCountedAndKept() {
        nylas.has(DeliveryFixture.grant("grant-of-another-system", "eve"));

        passAfterTheInterval();

        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(2, 1));
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
    }

    @Test
    void aGrantWhoseDeletionIsQueuedIsKnown() {
        connected("bob");
        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        passAfterTheInterval();

        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(2, 0));
    }

    @Test
    void aKeyOfAnotherApplicationIsNotUsed() {
        nylas.deletes("grant-of-ada");
        fixture.application("server-key", "application-2");
        reconciliation = node(fixture.node(), INTERVAL);

        passAfterTheInterval();

        verify(fixture.nylas, never()).grants(any(), anyInt(), anyInt());
        assertThat(fixture.shown("ada")).contains("grant-of-ada");
        assertThat(row(ConnectionEntity::failure).map(LastFailure::failureClass))
                .contains("connection_missing");
        verify(fixture.warnings).warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("cannot be reconciled"));
    }

    @Test
    void mailboxesOfAnEarlierVersionAreReconciledAsWell() {
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_GRANT set CONNECTION_HASH = null")
                        .executeUpdate());
        nylas.expires("grant-of-ada");

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
    }

    @Test
    void mailboxesOfANewerVersionAreLeftAlone() {
        Rows.grantsOfANewerVersion(fixture);
        nylas.deletes("grant-of-ada");

        passAfterTheInterval();

        verifyLooks(0);
        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(0, 0));
    }
}
