package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionsTest {

    private static final ExpectedIdentity ADA = new ExpectedIdentity("oid-ada", null, "ada@example.com", null, null);
    private static final LastFailure REFUSED = LastFailure.of("sign_in_again", 50);

    private final GrantEntity row = new GrantEntity(new Mailbox("realm", "microsoft", "subject"), "ada");

    private static SealedToken token(long capturedAt) {
        return new SealedToken("sealed-" + capturedAt, "server:default", capturedAt);
    }

    private static ConnectedGrant grant(String id) {
        return new ConnectedGrant(id, "ada@example.com", "oid-ada", "Mail.Read", "default", "print", "option:k", 40L);
    }

    private static ConnectedGrant foreign() {
        return new ConnectedGrant("grant-x", "eve@example.com", "oid-eve", "", "default", "print", "k", 40L);
    }

    private void merged(long capturedAt) {
        Transitions.merge(row, token(capturedAt), ADA, "ada", capturedAt + 1);
    }

    private void connected() {
        merged(10);
        Transitions.connected(row, grant("grant-1"), 10, 40);
        row.projection.done("ada", "nylas_grant_id", "grant-1");
    }

    /** Brings the row into a state as it comes about. */
    private void in(GrantState state) {
        switch (state) {
            case ABSENT -> merged(10);
            case CONNECTED -> connected();
            case RECONNECT -> {
                connected();
                merged(20);
                Transitions.refused(row, REFUSED, 20, 50);
            }
            case HELD -> {
                merged(10);
                Transitions.held(row, grant("grant-1"), Transitions.OTHER_MAILBOX, 10, 40);
            }
            case LEAVING -> {
                connected();
                Transitions.leaving(row, 60);
            }
        }
        assertThat(row.state()).contains(state);
    }

    @Nested
    class Merging {

        @Test
        void aFirstTokenWaitsAtOnce() {
            boolean taken = Transitions.merge(row, token(10), ADA, "ada", 11);

            assertThat(taken).isTrue();
            assertThat(row.isHandoverDue()).isTrue();
            assertThat(row.nextAttemptAt()).contains(11L);
            assertThat(row.waitingToken()).contains(token(10));
            assertThat(row.expectedIdentity()).isEqualTo(ADA);
            assertThat(row.is(GrantState.ABSENT)).isTrue();
            assertThat(row.isProjectionDue()).isFalse();
        }

        @Test
        void aNewerTokenReplacesTheWaitingOneAndStartsAnew() {
            merged(10);
            Transitions.postponed(row, REFUSED, 99_999);

            Transitions.merge(row, token(20), ADA, "ada", 21);

            assertThat(row.waitingToken()).contains(token(20));
            assertThat(row.attempts()).isZero();
            assertThat(row.nextAttemptAt()).contains(21L);
        }

        @ParameterizedTest
        @ValueSource(longs = {9, 10})
        void anOlderLoginThatCompletesLaterChangesNothing(long capturedAt) {
            merged(10);

            boolean taken = Transitions.merge(row, token(capturedAt), ADA, "eve", 100);

            assertThat(taken).isFalse();
            assertThat(row.waitingToken()).contains(token(10));
            assertThat(row.userId()).isEqualTo("ada");
        }

        @Test
        void anOlderLoginChangesNothingEvenWhenTheNewerTokenIsHandedOverAlready() {
            connected();

            assertThat(Transitions.merge(row, token(9), ADA, "ada", 100)).isFalse();

            assertThat(row.isHandoverDue()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(names = {"RECONNECT", "HELD", "LEAVING"})
        void aSignInOnANodeWhoseClockIsBehindIsTakenWhereTheMailboxNeedsOne(GrantState state) {
            in(state);

            assertThat(Transitions.merge(row, token(9), ADA, "ada", 100)).isTrue();

            assertThat(row.waitingToken()).contains(token(9));
        }

        @ParameterizedTest
        @EnumSource(names = {"RECONNECT", "HELD", "LEAVING"})
        void anOlderLoginThatNoClockExplainsChangesNothing(GrantState state) {
            in(state);

            assertThat(Transitions.merge(row, token(10 - 120_000), ADA, "ada", 100))
                    .isFalse();

            assertThat(row.isHandoverDue()).isFalse();
            assertThat(row.is(state)).isTrue();
        }

        @ParameterizedTest
        @EnumSource(mode = Mode.EXCLUDE, names = "LEAVING")
        void itLeavesTheStateOfTheGrantAsItIs(GrantState state) {
            in(state);

            merged(70);

            assertThat(row.state()).contains(state);
            assertThat(row.isHandoverDue()).isTrue();
        }

        @Test
        void aSignInBringsALeavingMailboxBackWithoutShowingItsOldGrantYet() {
            in(GrantState.LEAVING);

            merged(70);

            assertThat(row.is(GrantState.ABSENT)).isTrue();
            assertThat(row.leavingSince).isNull();
            assertThat(row.holds).isEqualTo(row.id());
        }

        @Test
        void aSignInOfANewOwnerMovesTheMailboxAndTheAttribute() {
            in(GrantState.CONNECTED);

            Transitions.merge(row, token(70), ADA, "ada-2", 71);

            assertThat(row.userId()).isEqualTo("ada-2");
            assertThat(row.isProjectionDue()).isTrue();
        }
    }

    @Nested
    class AfterACall {

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
            Transitions.leaving(row, 60);

            Transitions.connectedTooLate(row, foreign());

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
            Transitions.leaving(row, 45);

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

            Transitions.outlived(row, 90);

            assertThat(row.is(GrantState.RECONNECT)).isTrue();
            assertThat(row.waitingToken()).isEmpty();
            assertThat(row.isHandoverDue()).isFalse();
            assertThat(row.failure()).map(LastFailure::failureClass).contains("token_outlived");
            assertThat(row.handover.tokenAt).isEqualTo(20);
        }
    }

    @Nested
    class LeavingAndComingBack {

        @ParameterizedTest
        @EnumSource(mode = Mode.EXCLUDE, names = "LEAVING")
        void withoutItsLinkARowHandsNothingOverAndShowsNothing(GrantState state) {
            in(state);
            merged(70);

            Transitions.leaving(row, 80);

            assertThat(row.is(GrantState.LEAVING)).isTrue();
            assertThat(row.leavingSince).isEqualTo(80);
            assertThat(row.waitingToken()).isEmpty();
            assertThat(row.isHandoverDue()).isFalse();
            assertThat(row.holds).isEqualTo(row.id());
            assertThat(row.isProjectionDue()).isTrue();
        }

        @Test
        void aCallUnderWayKeepsItsLeaseSoThatItsGrantIsNoted() {
            merged(10);
            String lease = row.handover.lease(1000);

            Transitions.leaving(row, 20);

            assertThat(row.isLeasedBy(lease)).isTrue();
            Transitions.connectedTooLate(row, grant("grant-1"));
            assertThat(row.is(GrantState.LEAVING)).isTrue();
            assertThat(row.grant()).map(ConnectedGrant::grantId).contains("grant-1");
            assertThat(row.isInFlight(20)).isFalse();
        }

        @Test
        void linkedAgainAConnectedGrantIsShownAgain() {
            in(GrantState.LEAVING);

            Transitions.linked(row, "ada", true, 90);

            assertThat(row.is(GrantState.CONNECTED)).isTrue();
            assertThat(row.holds).isEqualTo("grant-1");
            assertThat(row.leavingSince).isNull();
            assertThat(row.isProjectionDue()).isTrue();
        }

        @Test
        void linkedToSomebodyElseTheGrantGoesWithTheLink() {
            in(GrantState.LEAVING);

            Transitions.linked(row, "ada-2", true, 90);

            assertThat(row.userId()).isEqualTo("ada-2");
            assertThat(row.is(GrantState.CONNECTED)).isTrue();
        }

        @Test
        void linkedAgainAnExpiredGrantStillNeedsASignIn() {
            in(GrantState.RECONNECT);
            Transitions.leaving(row, 60);

            Transitions.linked(row, "ada", true, 90);

            assertThat(row.is(GrantState.RECONNECT)).isTrue();
        }

        @Test
        void linkedAgainWithoutAGrantNoneIsKnown() {
            merged(10);
            row.handover.lease(1000);
            Transitions.leaving(row, 60);

            Transitions.linked(row, "ada", true, 90);

            assertThat(row.is(GrantState.ABSENT)).isTrue();
            assertThat(row.holds).isEqualTo(row.id());
        }

        @Test
        void aGrantOfAnotherMailboxIsStillHeldAfterUnlinkingAndLinkingAgain() {
            merged(10);
            Transitions.held(row, foreign(), Transitions.OTHER_MAILBOX, 10, 40);
            Transitions.leaving(row, 60);

            Transitions.linked(row, "ada", true, 90);

            assertThat(row.is(GrantState.HELD)).isTrue();
            assertThat(row.holds).isEqualTo(row.id());
        }

        @Test
        void aGrantThatSomebodyElseHoldsByNowIsNotTakenFromThemByLinkingAgain() {
            in(GrantState.LEAVING);

            Transitions.linked(row, "ada", false, 90);

            assertThat(row.is(GrantState.ABSENT)).isTrue();
            assertThat(row.holds).isEqualTo(row.id());
        }

        @ParameterizedTest
        @EnumSource(mode = Mode.EXCLUDE, names = "LEAVING")
        void aLinkThatMovesTakesTheMailboxAlongInItsState(GrantState state) {
            in(state);

            Transitions.linked(row, "ada-2", true, 90);

            assertThat(row.state()).contains(state);
            assertThat(row.userId()).isEqualTo("ada-2");
            assertThat(row.isProjectionDue()).isTrue();
        }

        @Test
        void aDeletionThatFailedIsTriedLater() {
            in(GrantState.LEAVING);
            String lease = Transitions.deletionStarted(row, 1000);
            assertThat(row.isLeasedBy(lease)).isTrue();

            Transitions.deletionPostponed(row, 500);

            assertThat(row.isInFlight(100)).isFalse();
            assertThat(row.nextAttemptAt()).contains(500L);
            assertThat(row.grant()).isPresent();
        }

        @Test
        void aDeletedGrantIsKnownNoMore() {
            in(GrantState.LEAVING);
            Transitions.deletionStarted(row, 1000);

            Transitions.deleted(row, 100);

            assertThat(row.grant()).isEmpty();
            assertThat(row.isInFlight(100)).isFalse();
            assertThat(row.is(GrantState.LEAVING)).isTrue();
        }

        @Test
        void aGrantDeletedWhileItsAccountWasLinkedAgainIsNotShownAnyLonger() {
            in(GrantState.LEAVING);
            Transitions.deletionStarted(row, 1000);
            Transitions.linked(row, "ada", true, 90);
            row.projection.done("ada", "nylas_grant_id", "grant-1");

            Transitions.deleted(row, 100);

            assertThat(row.is(GrantState.ABSENT)).isTrue();
            assertThat(row.holds).isEqualTo(row.id());
            assertThat(row.isProjectionDue()).isTrue();
        }
    }

    @Test
    void aStateOfANewerVersionIsLeftAlone() {
        row.state = "PARKED";

        assertThat(row.state()).isEqualTo(Optional.empty());
        for (GrantState known : GrantState.values()) {
            assertThat(row.is(known)).isFalse();
        }
    }

    @Test
    void anAttributeThatCouldNotBeWrittenIsTriedLaterAndLater() {
        in(GrantState.CONNECTED);
        row.projection.require(10);

        Transitions.projectionPostponed(row, attempts -> 100 + attempts);
        Transitions.projectionPostponed(row, attempts -> 100 + attempts);

        assertThat(row.isProjectionDue()).isTrue();
        assertThat(row.projection.at).isEqualTo(101);
    }

    @Test
    void nothingThatIsPrintedHoldsAToken() {
        merged(10);

        assertThat(row.toString()).doesNotContain("sealed-10");
        assertThat(row.waitingToken().orElseThrow().toString()).doesNotContain("sealed-10");
    }
}
