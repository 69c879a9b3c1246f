package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class AnswerTransitionsTest extends TransitionsTestBase {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LEAVING")
    void aGrantConnectsFromEveryStateAndErasesTheToken(GrantState state) {
        in(state);
        merged(70);

        Transitions.connected(row, grant("grant-2"), 70, 80);

        assertThat(row.is(GrantState.CONNECTED)).isTrue();
        assertThat(row.grant()).map(ConnectedGrant::grantId).contains("grant-2");
        assertThat(row.holds).isEqualTo("grant-2");
        assertThat(row.waitingToken()).isEmpty();
        assertThat(row.isHandoverDue()).isFalse();
        assertThat(row.failure()).isEmpty();
        assertThat(row.expiredAt).isNull();
        assertThat(row.isProjectionDue()).isTrue();
    }

    @Test
    void theTimeOfTheTokenOutlivesTheToken() {
        connected();

        assertThat(row.handover.tokenAt).isEqualTo(10);
        assertThat(row.handover.sealKeyId).isNull();
    }

    @Test
    void aNewerTokenThatCameInMeanwhileGoesOnWaiting() {
        merged(10);
        String lease = row.handover.lease(1000);
        merged(20);

        assertThat(row.isLeasedBy(lease)).isTrue();
        Transitions.connected(row, grant("grant-1"), 10, 40);

        assertThat(row.is(GrantState.CONNECTED)).isTrue();
        assertThat(row.waitingToken()).contains(token(20));
        assertThat(row.isHandoverDue()).isTrue();
        assertThat(row.isInFlight(40)).isFalse();
    }

    @Test
    void aHeldGrantIsNeverHeldAgainstOthersNorShown() {
        connected();
        merged(20);

        Transitions.held(row, grant("grant-2"), Transitions.OTHER_MAILBOX, 20, 40);

        assertThat(row.is(GrantState.HELD)).isTrue();
        assertThat(row.holds).isEqualTo(row.id());
        assertThat(row.failure()).map(LastFailure::failureClass).contains("other_mailbox");
        assertThat(row.isProjectionDue()).isTrue();
        assertThat(row.waitingToken()).isEmpty();
    }

    @Test
    void aGrantOfAnotherMailboxDoesNotMakeTheRowForgetItsOwnWhichIsStillToBeDeletedOneDay() {
        connected();
        merged(20);

        Transitions.held(row, foreign(), Transitions.OTHER_MAILBOX, 20, 40);

        assertThat(row.is(GrantState.HELD)).isTrue();
        assertThat(row.grant()).contains(grant("grant-1"));
    }

    @Test
    void aGrantOfAnotherMailboxThatComesTooLateDoesNotEither() {
        connected();
        Departures.leaving(row, 60);

        Departures.connectedTooLate(row, foreign());

        assertThat(row.grant()).contains(grant("grant-1"));
    }

    @Test
    void aRefusedTokenIsErasedAndItsOwnerHasToSignInAgainWhileTheGrantKeepsItsId() {
        connected();
        merged(20);

        Transitions.refused(row, REFUSED, 20, 50);

        assertThat(row.is(GrantState.RECONNECT)).isTrue();
        assertThat(row.waitingToken()).isEmpty();
        assertThat(row.holds).isEqualTo("grant-1");
        assertThat(row.grant()).map(ConnectedGrant::grantId).contains("grant-1");
        assertThat(row.expiredAt).isEqualTo(50);
        assertThat(row.failure()).contains(REFUSED);
    }

    @Test
    void aRefusalWithoutAGrantHasNothingThatExpired() {
        merged(10);

        Transitions.refused(row, REFUSED, 10, 50);

        assertThat(row.is(GrantState.RECONNECT)).isTrue();
        assertThat(row.expiredAt).isNull();
        assertThat(row.grant()).isEmpty();
    }

    @Test
    void aRefusalOfAnOlderTokenLeavesTheNewerOneWaiting() {
        merged(10);
        row.handover.lease(1000);
        merged(20);

        Transitions.refused(row, REFUSED, 10, 50);

        assertThat(row.waitingToken()).contains(token(20));
        assertThat(row.isHandoverDue()).isTrue();
    }

    @Test
    void aRefusalAfterTheLinkIsGoneLeavesTheGrantToBeDeleted() {
        connected();
        merged(20);
        row.handover.lease(1000);
        Departures.leaving(row, 45);

        Transitions.refused(row, REFUSED, 20, 50);

        assertThat(row.is(GrantState.LEAVING)).isTrue();
        assertThat(row.leavingSince).isEqualTo(45);
        assertThat(row.isInFlight(50)).isFalse();
    }

    @Test
    void aPostponedAttemptKeepsTheTokenAndCounts() {
        merged(10);
        row.handover.lease(1000);

        Transitions.postponed(row, REFUSED, 500);

        assertThat(row.attempts()).isEqualTo(1);
        assertThat(row.nextAttemptAt()).contains(500L);
        assertThat(row.waitingToken()).contains(token(10));
        assertThat(row.isInFlight(20)).isFalse();
        assertThat(row.is(GrantState.ABSENT)).isTrue();
    }

    @Test
    void aClaimThatIsGivenBackCountsAsNoAttempt() {
        merged(10);
        row.handover.lease(1000);

        Transitions.givenBack(row);

        assertThat(row.attempts()).isZero();
        assertThat(row.isInFlight(20)).isFalse();
        assertThat(row.isHandoverDue()).isTrue();
    }

    @Test
    void aTokenThatNobodyTookForTooLongIsErasedAndItsOwnerHasToSignInAgain() {
        connected();
        merged(20);
        row.handover.lease(100);
        row.projection.done("ada", "nylas_grant_id", "grant-1");

        Transitions.outlived(row, 90);

        assertThat(row.is(GrantState.RECONNECT)).isTrue();
        assertThat(row.waitingToken()).isEmpty();
        assertThat(row.isHandoverDue()).isFalse();
        assertThat(row.failure()).map(LastFailure::failureClass).contains("token_outlived");
        assertThat(row.handover.tokenAt).isEqualTo(20);
        assertThat(row.isInFlight(90)).isFalse();
        assertThat(row.isProjectionDue()).isTrue();
    }
}
