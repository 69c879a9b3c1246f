package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refused deletion is logged, counted and recorded, and obeys the same limits as a handover. */
@OnEveryDatabase
class RefusedDeletionTest extends DeletionTestBase {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    RefusedDeletionTest(Engine engine) {
        super(engine);
    }

    @BeforeEach
    void count() {
        Metrics.addRegistry(meters);
    }

    @AfterEach
    void countNoLonger() {
        Metrics.removeRegistry(meters);
    }

    private double counted(String outcome) {
        return meters.counter("nylas.deletions", "outcome", outcome).count();
    }

    private void verifyCalls(int calls) {
        verify(fixture.nylas, times(calls)).deleteGrant(any(), any(), any());
    }

    @ParameterizedTest
    @EnumSource(FailureReach.class)
    void aRefusalIsLoggedCountedAndRecorded(FailureReach reach) {
        fixture.deletes(refused(reach));

        afterTheGrace();

        verify(fixture.warnings).warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("Nylas refused it."));
        assertThat(counted("failed")).isEqualTo(1);
        assertThat(fixture.deletion("grant-1", DeletionEntity::failure).orElseThrow())
                .contains(new LastFailure("administrator", "api.forbidden", 403, "request-9", fixture.now()));
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(1));
        assertThat(fixture.deletion("grant-1", DeletionEntity::attempts)).contains(1);
    }

    @Test
    void theWaitGrowsWithEachRefusal() {
        fixture.deletes(refused(FailureReach.ROW));
        afterTheGrace();
        fixture.clock.forward(Duration.ofMinutes(1));

        fixture.delete();

        assertThat(wait("grant-1")).contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureReach.class,
            names = {"CONNECTION", "CREDENTIAL"})
    void aRefusedConnectionOrCredentialIsNotCalledForOtherGrantsEither(FailureReach reach) {
        alsoUnlinked("bob");
        fixture.deletes(refused(reach));
        afterTheGrace();

        fixture.delete();

        verifyCalls(1);
        assertThat(failureClass("grant-of-bob")).contains("circuit_breaker");
        assertThat(wait("grant-of-bob")).contains(Duration.ofMinutes(1));
        assertThat(counted("waiting")).isEqualTo(1);
    }

    @Test
    void aGrantThatIsRefusedByItselfStopsNoOther() {
        alsoUnlinked("bob");
        fixture.deletes(refused(FailureReach.ROW));
        afterTheGrace();
        fixture.deletes(new CallResult.Done<>(DeletionOutcome.DELETED, "request-1"));

        fixture.delete();

        assertThat(isDone("grant-of-bob")).isTrue();
        assertThat(counted("deleted")).isEqualTo(1);
    }

    @Test
    void retryAfterPausesTheWholeConnection() {
        alsoUnlinked("bob");
        fixture.deletes(temporarily(Duration.ofMinutes(5)));
        afterTheGrace();
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(5));

        fixture.delete();
        verifyCalls(1);

        fixture.deletes(new CallResult.Done<>(DeletionOutcome.DELETED, "request-1"));
        fixture.clock.forward(Duration.ofMinutes(5));
        fixture.delete();
        fixture.delete();
        assertThat(isDone("grant-1")).isTrue();
        assertThat(isDone("grant-of-bob")).isTrue();
    }

    @Test
    void handoversOfTheApplicationPauseAsWell() {
        fixture.deletes(temporarily(Duration.ofMinutes(5)));
        afterTheGrace();
        fixture.person("bob");
        fixture.waiting("bob", "token");

        fixture.handOver();

        verify(fixture.nylas, never())
                .connect(any(), argThat(call -> call.refreshToken().equals("token")), any());
    }

    @Test
    void fiveFailuresOfSeveralGrantsOpenTheCircuitBreaker() {
        alsoUnlinked("bob", "cleo", "dan", "eve", "flo");
        fixture.deletes(temporarily(null));
        fixture.clock.forward(DeliveryFixture.GRACE);
        for (int i = 0; i < 5; i++) {
            fixture.delete();
        }

        fixture.delete();

        verifyCalls(5);
        assertThat(failureClass("grant-of-flo")).contains("circuit_breaker");
    }

    @Test
    void aDeletionThatIsNotNeededIsCountedAsCancelled() {
        fixture.link("ada", "ada");
        fixture.connected("ada", "grant-1");
        fixture.connected(atAnotherProvider(), "ada", "grant-1");
        unlink("ada");

        afterTheGrace();

        assertThat(counted("cancelled")).isEqualTo(1);
    }
}
