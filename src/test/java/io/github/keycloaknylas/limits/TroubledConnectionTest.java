package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TroubledConnectionTest extends BreakerTestBase {

    @Test
    void fiveFailuresOfThreeMailboxesWithinAMinuteOpenTheConnection() {
        fails("ada", "bob", "cleo", "ada");
        assertThat(mayCall()).isTrue();

        fails("bob");

        assertThat(mayCall()).isFalse();
        assertThat(breakers.permit(OWN, VERSION)).isEmpty();
        assertThat(breakers.mayCall(OTHER_CREDENTIAL, VERSION)).isFalse();
        assertThat(breakers.mayCall(OTHER_APPLICATION, VERSION)).isTrue();
    }

    @Test
    void oneMailboxThatAlwaysTimesOutNeverOpensIt() {
        for (int i = 0; i < 100; i++) {
            fails("ada");
            clock.forward(Duration.ofSeconds(i < 50 ? 10 : 86_400));
        }

        assertThat(mayCall()).isTrue();
    }

    @Test
    void twoMailboxesThatAlwaysTimeOutNeverOpenIt() {
        for (int i = 0; i < 50; i++) {
            fails("ada", "bob");
        }

        assertThat(mayCall()).isTrue();
    }

    @Test
    void manyFailuresOfOneMailboxDoNotHideThoseOfOthers() {
        fails("ada", "ada", "ada", "ada", "ada", "ada", "bob", "cleo");

        assertThat(mayCall()).isFalse();
    }

    @Test
    void failuresThatAreAMinuteOldNoLongerCount() {
        fails("ada", "bob", "cleo", "dan");
        clock.forward(Duration.ofMinutes(1));

        fails("eve");

        assertThat(mayCall()).isTrue();
    }

    @Test
    void theWindowIsLongerByTheDeadlineSinceFewWorkersMeetFewTimeOutsAMinute() {
        Duration deadline = Duration.ofSeconds(60);
        CircuitBreakers slow = breakers(deadline);
        List.of("ada", "bob", "cleo", "dan")
                .forEach(row -> slow.permit(OWN, VERSION).orElseThrow().troubled(row));
        clock.forward(deadline.plusSeconds(1));

        slow.permit(OWN, VERSION).orElseThrow().troubled("eve");

        assertThat(slow.mayCall(OWN, VERSION)).isFalse();
    }

    @Test
    void aSuccessForgetsTheFailuresBefore() {
        fails("ada", "bob", "cleo", "dan");
        permit().succeeded();

        fails("ada", "bob", "cleo", "dan");

        assertThat(mayCall()).isTrue();
    }

    @Test
    void eachFailedTrialOpensItForLonger() {
        fails("ada", "bob", "cleo", "dan", "eve");
        assertThat(secondsUntilHalfOpen()).isEqualTo(1);
        fails("ada");
        assertThat(secondsUntilHalfOpen()).isEqualTo(5);
        fails("ada");
        assertThat(secondsUntilHalfOpen()).isEqualTo(30);
    }

    @Test
    void aSuccessfulTrialClosesItAndTheNextOutageBeginsWithTheShortestWait() {
        fails("ada", "bob", "cleo", "dan", "eve");
        secondsUntilHalfOpen();
        fails("ada");
        secondsUntilHalfOpen();
        permit().succeeded();

        fails("ada", "bob", "cleo", "dan", "eve");

        assertThat(secondsUntilHalfOpen()).isEqualTo(1);
    }

    @Test
    void callsInProgressWhenItOpenedDoNotProlongIt() {
        List<CallPermit> inProgress =
                IntStream.range(0, 36).mapToObj(i -> permit()).toList();
        inProgress.subList(0, 5).forEach(permit -> permit.troubled("row " + inProgress.indexOf(permit)));

        inProgress.subList(5, 20).forEach(permit -> permit.troubled("late"));
        assertThat(secondsUntilHalfOpen()).isEqualTo(1);
        inProgress.subList(20, 36).forEach(permit -> permit.troubled("later"));

        assertThat(mayCall()).isTrue();
    }

    @Test
    void changedSettingsDoNotCloseIt() {
        fails("ada", "bob", "cleo", "dan", "eve");

        assertThat(breakers.mayCall(OWN, "key 2")).isFalse();
    }
}
