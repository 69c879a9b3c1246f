package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.delivery.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitBreakersTest {

    private static final URI URL = URI.create("https://api.us.nylas.com");
    private static final CredentialKey OWN = new CredentialKey(URL, "application-a", Optional.empty());
    private static final CredentialKey OTHER_CREDENTIAL = new CredentialKey(URL, "application-a", Optional.of("other"));
    private static final CredentialKey OTHER_APPLICATION = new CredentialKey(URL, "application-b", Optional.empty());
    private static final String VERSION = "key 1";
    private static final Duration LEASE = Duration.ofMinutes(4);

    private final ManualClock clock = new ManualClock();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CircuitBreakers breakers =
            new CircuitBreakers(clock, new Backoff(() -> 0.5), Duration.ZERO, LEASE, MINUTE);

    private CallPermit permit() {
        return breakers.permit(OWN, VERSION).orElseThrow();
    }

    private void fails(String... rows) {
        for (String row : rows) {
            try (CallPermit permit = permit()) {
                permit.troubled(row);
            }
        }
    }

    private boolean mayCall() {
        return breakers.mayCall(OWN, VERSION);
    }

    /** The time until the next call is permitted, in whole seconds. */
    private long secondsUntilHalfOpen() {
        long seconds = 0;
        while (!mayCall()) {
            clock.forward(Duration.ofSeconds(1));
            seconds++;
        }
        return seconds;
    }

    @Nested
    class Trouble {

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
            CircuitBreakers slow = new CircuitBreakers(clock, new Backoff(() -> 0.5), deadline, LEASE, MINUTE);
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

    @Nested
    class HalfOpen {

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

    @Nested
    class Refusal {

        enum Reach {
            CONNECTION,
            CREDENTIAL
        }

        private void refused(Reach reach) {
            try (CallPermit permit = permit()) {
                if (reach == Reach.CONNECTION) {
                    permit.refusedConnection();
                } else {
                    permit.refusedCredential();
                }
            }
        }

        @ParameterizedTest
        @EnumSource(Reach.class)
        void opensAtOnceAndForLongerEachTime(Reach reach) {
            refused(reach);
            assertThat(secondsUntilHalfOpen()).isEqualTo(60);
            refused(reach);
            assertThat(secondsUntilHalfOpen()).isEqualTo(300);
            refused(reach);
            assertThat(secondsUntilHalfOpen()).isEqualTo(900);
        }

        @ParameterizedTest
        @EnumSource(Reach.class)
        void otherSettingsAreTriedAtOnceAndTheOldOnesStayRefused(Reach reach) {
            refused(reach);

            assertThat(breakers.permit(OWN, "key 2")).isPresent();
            assertThat(breakers.permit(OWN, "key 2")).isPresent();
            assertThat(mayCall()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(Reach.class)
        void anotherConnectionOfTheSameApplicationThatSucceedsDoesNotCloseIt(Reach reach) {
            refused(reach);

            breakers.permit(OWN, "key of another connection").orElseThrow().succeeded();

            assertThat(mayCall()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(Reach.class)
        void anotherApplicationAtTheSameUrlIsNotAffected(Reach reach) {
            refused(reach);

            assertThat(breakers.mayCall(OTHER_APPLICATION, VERSION)).isTrue();
        }

        @ParameterizedTest
        @EnumSource(Reach.class)
        void theTrialAfterwardsIsOneCall(Reach reach) {
            refused(reach);
            clock.forward(Duration.ofMinutes(1));

            CallPermit trial = permit();
            assertThat(breakers.permit(OWN, VERSION)).isEmpty();
            trial.succeeded();

            assertThat(mayCall()).isTrue();
        }

        @Test
        void aRefusedKeyConcernsAllCredentialsAndARefusedCredentialOnlyItself() {
            permit().refusedCredential();
            assertThat(breakers.mayCall(OTHER_CREDENTIAL, VERSION)).isTrue();

            breakers.permit(OTHER_CREDENTIAL, VERSION).orElseThrow().refusedConnection();

            assertThat(breakers.mayCall(OTHER_CREDENTIAL, VERSION)).isFalse();
        }
    }

    @Nested
    class Pause {

        @Test
        void isKeptAndNoTrialFollows() {
            permit().paused(Duration.ofSeconds(40));

            assertThat(breakers.mayCall(OTHER_CREDENTIAL, VERSION)).isFalse();
            assertThat(breakers.mayCall(OTHER_APPLICATION, VERSION)).isTrue();
            assertThat(secondsUntilHalfOpen()).isEqualTo(40);
            assertThat(breakers.permit(OWN, VERSION)).isPresent();
            assertThat(breakers.permit(OWN, VERSION)).isPresent();
        }

        @Test
        void neitherSettingsNorASuccessNorAShorterPauseShortenIt() {
            CallPermit inProgress = permit();
            breakers.pause(OWN.connection(), Duration.ofSeconds(40));

            breakers.pause(OWN.connection(), Duration.ofSeconds(1));
            inProgress.succeeded();
            clock.forward(Duration.ofSeconds(39));

            assertThat(breakers.mayCall(OWN, "key 2")).isFalse();
        }

        @Test
        void isAnHourAtMost() {
            breakers.pause(OWN.connection(), Duration.ofDays(30));

            assertThat(secondsUntilHalfOpen()).isEqualTo(3600);
        }
    }

    @Nested
    class MissingSetting {

        private final SettingKey lane = new SettingKey("lane");

        @Test
        void theLaneIsLookedAtOnceAMinuteByOneRow() {
            breakers.permit(lane).orElseThrow().missing();
            for (int minute = 0; minute < 500; minute++) {
                assertThat(breakers.isOpen(lane)).isTrue();
                clock.forward(Duration.ofMinutes(1));
                SettingPermit trial = breakers.permit(lane).orElseThrow();
                assertThat(breakers.permit(lane)).isEmpty();
                trial.missing();
            }
        }

        @Test
        void aSettingThatIsBackOpensTheLaneToAllRows() {
            breakers.permit(lane).orElseThrow().missing();
            clock.forward(Duration.ofMinutes(1));

            breakers.permit(lane).orElseThrow().found();

            assertThat(breakers.permit(lane)).isPresent();
            assertThat(breakers.permit(lane)).isPresent();
        }

        @Test
        void anotherLaneIsNotAffected() {
            breakers.permit(lane).orElseThrow().missing();

            assertThat(breakers.isOpen(new SettingKey("other"))).isFalse();
        }

        @Test
        void aRowThatIsGoneLeavesTheLookToTheNext() {
            breakers.permit(lane).orElseThrow().missing();
            clock.forward(Duration.ofMinutes(1));

            breakers.permit(lane).orElseThrow().close();

            assertThat(breakers.permit(lane)).isPresent();
        }

        @Test
        void rowsThatWereLookedAtMeanwhileDoNotProlongTheWait() {
            SettingPermit first = breakers.permit(lane).orElseThrow();
            SettingPermit second = breakers.permit(lane).orElseThrow();
            first.missing();
            clock.forward(Duration.ofMinutes(1));

            second.missing();

            assertThat(breakers.isOpen(lane)).isFalse();
        }
    }

    @Nested
    class Memory {

        @Test
        void breakersThatCloseAreDropped() {
            permit().refusedConnection();
            clock.forward(Duration.ofMinutes(1));
            permit().succeeded();

            assertThat(breakers.size()).isZero();
        }

        @Test
        void noMoreThanAFixedNumberIsKept() {
            for (int i = 0; i < 11_000; i++) {
                breakers.permit(new SettingKey("lane " + i)).orElseThrow().missing();
            }

            assertThat(breakers.size()).isEqualTo(10_000);
            assertThat(breakers.isOpen(new SettingKey("lane 10999"))).isTrue();
        }

        @Test
        void thoseThatNoCallTriedForADayGoFirst() {
            for (int i = 0; i < 10_000; i++) {
                breakers.permit(new SettingKey("lane " + i)).orElseThrow().missing();
            }
            clock.forward(Duration.ofDays(2));

            breakers.permit(new SettingKey("new")).orElseThrow().missing();

            assertThat(breakers.size()).isEqualTo(1);
        }
    }
}
