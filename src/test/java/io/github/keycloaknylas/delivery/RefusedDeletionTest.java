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
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Deletion;
import io.github.keycloaknylas.nylas.Scope;
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
        verify(shop.nylas, times(calls)).deleteGrant(any(), any(), any());
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aRefusalIsLoggedCountedAndRecorded(Scope scope) {
        shop.deletes(refused(scope));

        afterTheGrace();

        verify(shop.advice).warn(eq("realm-name"), eq(Workshop.ALIAS), contains("Nylas refused it."));
        assertThat(counted("failed")).isEqualTo(1);
        assertThat(shop.deletion("grant-1", DeletionEntity::failure).orElseThrow())
                .contains(new LastFailure("administrator", "api.forbidden", 403, "request-9", shop.now()));
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(1));
        assertThat(shop.deletion("grant-1", DeletionEntity::attempts)).contains(1);
    }

    @Test
    void theWaitGrowsWithEachRefusal() {
        shop.deletes(refused(Scope.ROW));
        afterTheGrace();
        shop.clock.forward(Duration.ofMinutes(1));

        shop.delete();

        assertThat(wait("grant-1")).contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"CONNECTION", "CREDENTIAL"})
    void aRefusedConnectionOrCredentialIsNotCalledForOtherGrantsEither(Scope scope) {
        alsoUnlinked("bob");
        shop.deletes(refused(scope));
        afterTheGrace();

        shop.delete();

        verifyCalls(1);
        assertThat(failureClass("grant-of-bob")).contains("circuit_breaker");
        assertThat(wait("grant-of-bob")).contains(Duration.ofMinutes(1));
        assertThat(counted("waiting")).isEqualTo(1);
    }

    @Test
    void aGrantThatIsRefusedByItselfStopsNoOther() {
        alsoUnlinked("bob");
        shop.deletes(refused(Scope.ROW));
        afterTheGrace();
        shop.deletes(new Answer.Done<>(Deletion.DELETED, "request-1"));

        shop.delete();

        assertThat(isDone("grant-of-bob")).isTrue();
        assertThat(counted("deleted")).isEqualTo(1);
    }

    @Test
    void retryAfterPausesTheWholeConnection() {
        alsoUnlinked("bob");
        shop.deletes(temporarily(Duration.ofMinutes(5)));
        afterTheGrace();
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(5));

        shop.delete();
        verifyCalls(1);

        shop.deletes(new Answer.Done<>(Deletion.DELETED, "request-1"));
        shop.clock.forward(Duration.ofMinutes(5));
        shop.delete();
        shop.delete();
        assertThat(isDone("grant-1")).isTrue();
        assertThat(isDone("grant-of-bob")).isTrue();
    }

    @Test
    void handoversOfTheApplicationPauseAsWell() {
        shop.deletes(temporarily(Duration.ofMinutes(5)));
        afterTheGrace();
        shop.person("bob");
        shop.waiting("bob", "token");

        shop.handOver();

        verify(shop.nylas, never())
                .connect(any(), argThat(call -> call.refreshToken().equals("token")), any());
    }

    @Test
    void fiveFailuresOfSeveralGrantsOpenTheCircuitBreaker() {
        alsoUnlinked("bob", "cleo", "dan", "eve", "flo");
        shop.deletes(temporarily(null));
        shop.clock.forward(Workshop.GRACE);
        for (int i = 0; i < 5; i++) {
            shop.delete();
        }

        shop.delete();

        verifyCalls(5);
        assertThat(failureClass("grant-of-flo")).contains("circuit_breaker");
    }

    @Test
    void aDeletionThatIsNotNeededIsCountedAsCancelled() {
        shop.link("ada", "ada");
        shop.connected("ada", "grant-1");
        shop.connected(atAnotherProvider(), "ada", "grant-1");
        unlink("ada");

        afterTheGrace();

        assertThat(counted("cancelled")).isEqualTo(1);
    }
}
