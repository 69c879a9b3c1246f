package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.ConnectionEntity;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a pass begins, on which node, and what follows if it breaks off. */
@OnEveryDatabase
class ReconciliationScheduleTest extends ReconciliationTestBase {

    ReconciliationScheduleTest(Engine engine) {
        super(engine);
    }

    private static CallResult<List<NylasGrant>> tooManyRequests(Duration pause) {
        return new CallResult.Failed<>(new Failure(
                FailureKind.TEMPORARY, null, "api.rate_limit_error", 429, "request-9", pause, "Slow down."));
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
    void aNodeThatStopsDuringAPassMakesNoMoreCalls() {
        ReconciliationParts stopping = parts(fixture.parts, INTERVAL);
        nylas.expires("grant-of-ada");
        nylas.beforeEachPage(() -> {
            stopping.stop();
            return Optional.empty();
        });
        fixture.clock.forward(INTERVAL);

        stopping.reconciliation.run();

        verifyLooks(0);
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
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
}
