package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HalfOpenConnectionTest extends BreakerTestBase {

    private void isHalfOpen() {
        fails("ada", "bob", "cleo", "dan", "eve");
        clock.forward(Duration.ofSeconds(1));
    }

    @Test
    void oneCallIsPermittedUntilItsOutcomeIsKnown() {
        isHalfOpen();

        CallPermit trial = permit();

        assertThat(breakers.permit(OWN, VERSION)).isEmpty();
        trial.succeeded();
        assertThat(breakers.permit(OWN, VERSION)).isPresent();
        assertThat(breakers.permit(OWN, VERSION)).isPresent();
    }

    @Test
    void aLookDoesNotUseUpTheTrial() {
        isHalfOpen();

        assertThat(mayCall()).isTrue();
        assertThat(mayCall()).isTrue();
        assertThat(breakers.permit(OWN, VERSION)).isPresent();
    }

    @Test
    void aTrialThatClosesWithoutAnOutcomeLeavesItToTheNext() {
        isHalfOpen();

        permit().close();

        assertThat(breakers.permit(OWN, VERSION)).isPresent();
        assertThat(breakers.permit(OWN, VERSION)).isEmpty();
    }

    @Test
    void aTrialThatNeverEndsBlocksTheNextForNoLongerThanALease() {
        isHalfOpen();
        permit();

        clock.forward(LEASE.minusMillis(1));
        assertThat(breakers.permit(OWN, VERSION)).isEmpty();
        clock.forward(Duration.ofMillis(1));

        assertThat(breakers.permit(OWN, VERSION)).isPresent();
    }

    @Test
    void theEndOfAnOvertakenTrialDoesNotPermitAThird() {
        isHalfOpen();
        CallPermit first = permit();
        clock.forward(LEASE);
        permit();

        first.close();

        assertThat(breakers.permit(OWN, VERSION)).isEmpty();
    }

    @Test
    void ofManyWorkersOneGetsTheTrial() throws Exception {
        isHalfOpen();
        ExecutorService workers = Executors.newFixedThreadPool(16);
        try {
            Callable<Boolean> attempt = () -> breakers.permit(OWN, VERSION).isPresent();
            long permitted = workers
                    .invokeAll(Stream.generate(() -> attempt).limit(64).toList())
                    .stream()
                    .filter(done -> {
                        try {
                            return done.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .count();

            assertThat(permitted).isEqualTo(1);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void aRefusalThatATrialMeetsReplacesTheTrouble() {
        isHalfOpen();

        try (CallPermit trial = permit()) {
            trial.refusedCredential();
        }

        assertThat(mayCall()).isFalse();
        assertThat(breakers.permit(OTHER_CREDENTIAL, VERSION)).isPresent();
    }
}
