package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an attempt that has to be repeated changes. */
final class WaitTransitionsTest extends TransitionsTestBase {

    @Test
    void aBackfilledTokenComesLastAfterAFailureToo() {
        Transitions.backfill(row, token(10), ADA, 11);

        Transitions.postponed(row, LastFailure.of("temporary", 60), 10, 100, 60);

        assertThat(row.handover.priority).isEqualTo(Priority.BACKFILL.ordinal());
        assertThat(row.nextAttemptAt()).contains(100L);
    }

    @Test
    void aPostponedAttemptKeepsTheTokenAndCounts() {
        merged(10);
        leased(1000);

        Transitions.postponed(row, REFUSED, 10, 500, 20);

        assertThat(row.attempts()).isEqualTo(1);
        assertThat(row.refusals()).isZero();
        assertThat(row.nextAttemptAt()).contains(500L);
        assertThat(row.handover.priority).isEqualTo(Priority.RETRY.ordinal());
        assertThat(row.waitingToken()).contains(token(10));
        assertThat(row.isInFlight(20)).isFalse();
        assertThat(row.is(GrantState.ABSENT)).isTrue();
        assertThat(row.failure()).contains(REFUSED);
    }

    @Test
    void aRefusalOfTheRowAloneIsCountedApart() {
        merged(10);
        leased(1000);
        Transitions.postponed(row, REFUSED, 10, 500, 20);
        leased(1000);

        Transitions.refusedForRow(row, REFUSED, 10, 600, 30);

        assertThat(row.attempts()).isEqualTo(1);
        assertThat(row.refusals()).isEqualTo(1);
        assertThat(row.nextAttemptAt()).contains(600L);
        assertThat(row.waitingToken()).contains(token(10));
    }

    @Test
    void aFailureOfAnOlderTokenDoesNotDelayTheNewerOne() {
        merged(10);
        leased(1000);
        merged(20);

        Transitions.postponed(row, REFUSED, 10, 500, 30);

        assertThat(row.nextAttemptAt()).contains(30L);
        assertThat(row.handover.priority).isEqualTo(Priority.SIGN_IN.ordinal());
    }

    @Test
    void aFailureAfterAnUnlinkDuringTheCallMakesNothingDue() {
        merged(10);
        leased(1000);
        Transitions.unlinkedInFlight(row);

        Transitions.postponed(row, REFUSED, 10, 500, 30);

        assertThat(row.nextAttemptAt()).isEmpty();
        assertThat(row.isInFlight(30)).isFalse();
    }

    @Test
    void aRowThatWaitsForASettingKeepsNoBackoff() {
        merged(10);
        leased(1000);

        Transitions.waiting(row, LastFailure.of("mapper_missing", 20), 20);

        assertThat(row.attempts()).isZero();
        assertThat(row.refusals()).isZero();
        assertThat(row.nextAttemptAt()).contains(20L);
        assertThat(row.handover.priority).isEqualTo(Priority.SIGN_IN.ordinal());
        assertThat(row.failure()).map(LastFailure::failureClass).contains("mapper_missing");
    }

    @Test
    void aLeaseThatIsReturnedCountsAsNoAttempt() {
        merged(10);
        leased(1000);

        Transitions.givenBack(row, 20);

        assertThat(row.attempts()).isZero();
        assertThat(row.isInFlight(20)).isFalse();
        assertThat(row.nextAttemptAt()).contains(20L);
        assertThat(row.failure()).isEmpty();
    }

    @Test
    void aTokenThatWaitedForTooLongIsErasedAndItsOwnerHasToSignInAgain() {
        connected();
        merged(20);
        leased(100);

        Transitions.outlived(row, 90);

        assertThat(row.is(GrantState.RECONNECT)).isTrue();
        assertThat(row.waitingToken()).isEmpty();
        assertThat(row.isHandoverDue()).isFalse();
        assertThat(row.nextAttemptAt()).isEmpty();
        assertThat(row.failure()).map(LastFailure::failureClass).contains("token_outlived");
        assertThat(row.handover.tokenAt).isEqualTo(20);
        assertThat(row.isInFlight(90)).isFalse();
        assertThat(row.isAttributeDue()).isTrue();
    }
}
