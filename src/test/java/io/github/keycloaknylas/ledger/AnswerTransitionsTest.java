package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an answer of Nylas changes. */
final class AnswerTransitionsTest extends TransitionsTestBase {

    @ParameterizedTest
    @EnumSource
    void aGrantConnectsFromEveryStateAndErasesTheToken(GrantState state) {
        in(state);
        merged(70);

        Transitions.connected(row, grant("grant-2"), 70, 80);

        assertThat(row.is(GrantState.CONNECTED)).isTrue();
        assertThat(row.grant()).map(ConnectedGrant::grantId).contains("grant-2");
        assertThat(row.grantHash).isEqualTo(grant("grant-2").hash());
        assertThat(row.waitingToken()).isEmpty();
        assertThat(row.isHandoverDue()).isFalse();
        assertThat(row.handover.lane).isNull();
        assertThat(row.failure()).isEmpty();
        assertThat(row.expiredAt).isNull();
        assertThat(row.isAttributeDue()).isTrue();
    }

    @Test
    void theTimeOfTheTokenOutlivesTheToken() {
        connected();

        assertThat(row.handover.tokenAt).isEqualTo(10);
        assertThat(row.handover.sealKeyId).isNull();
    }

    @Test
    void aNewerTokenThatWasCapturedMeanwhileIsDueAtOnce() {
        merged(10);
        leased(1000);
        merged(20);

        Transitions.connected(row, grant("grant-1"), 10, 40);

        assertThat(row.is(GrantState.CONNECTED)).isTrue();
        assertThat(row.waitingToken()).contains(token(20));
        assertThat(row.nextAttemptAt()).contains(40L);
        assertThat(row.isInFlight(40)).isFalse();
    }

    @Test
    void aGrantOfAnotherMailboxIsNeitherOwnedNorShown() {
        merged(10);

        Transitions.held(row, foreign(), Transitions.OTHER_MAILBOX, 10, 40);

        assertThat(row.is(GrantState.HELD)).isTrue();
        assertThat(row.grant()).contains(foreign());
        assertThat(row.ownGrant()).isEmpty();
        assertThat(row.shownGrant()).isEmpty();
        assertThat(row.failure()).map(LastFailure::failureClass).contains("other_mailbox");
        assertThat(row.isAttributeDue()).isTrue();
        assertThat(row.waitingToken()).isEmpty();
    }

    @Test
    void aGrantOfAnotherMailboxDoesNotReplaceTheRowsOwn() {
        connected();
        merged(20);

        Transitions.held(row, foreign(), Transitions.OTHER_MAILBOX, 20, 40);

        assertThat(row.is(GrantState.HELD)).isTrue();
        assertThat(row.ownGrant()).contains(grant("grant-1"));
        assertThat(row.shownGrant()).isEmpty();
    }

    @Test
    void everyHeldAnswerRestartsTheDayUntilTheNextOne() {
        in(GrantState.HELD);
        merged(70);

        Transitions.held(row, foreign(), Transitions.OTHER_MAILBOX, 70, 80);

        assertThat(row.stateAt).isEqualTo(80);
    }

    @Test
    void aMailboxThatStaysConnectedKeepsTheTimeOfItsState() {
        connected();
        merged(70);

        Transitions.connected(row, grant("grant-1"), 70, 80);

        assertThat(row.stateAt).isEqualTo(40);
    }

    @Test
    void aRefusedTokenIsErasedAndTheGrantKeepsItsId() {
        connected();
        merged(20);

        Transitions.refused(row, REFUSED, 20, 50);

        assertThat(row.is(GrantState.RECONNECT)).isTrue();
        assertThat(row.waitingToken()).isEmpty();
        assertThat(row.ownGrant()).map(ConnectedGrant::grantId).contains("grant-1");
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
    void aRefusalOfAnOlderTokenLeavesTheNewerOneDue() {
        merged(10);
        leased(1000);
        merged(20);

        Transitions.refused(row, REFUSED, 10, 50);

        assertThat(row.waitingToken()).contains(token(20));
        assertThat(row.nextAttemptAt()).contains(50L);
    }

    @Test
    void aRefusalForAnAccountThatWasUnlinkedDuringTheCallOnlyReturnsTheLease() {
        merged(10);
        leased(1000);
        Transitions.unlinkedInFlight(row);

        Transitions.refused(row, REFUSED, 10, 50);

        assertThat(row.is(GrantState.ABSENT)).isTrue();
        assertThat(row.isInFlight(50)).isFalse();
        assertThat(row.isHandoverDue()).isFalse();
    }

    @Test
    void anUnlinkDuringACallErasesTheTokenAndKeepsTheLease() {
        merged(10);
        leased(1000);

        Transitions.unlinkedInFlight(row);

        assertThat(row.waitingToken()).isEmpty();
        assertThat(row.isLeasedBy("lease")).isTrue();
        assertThat(row.isInFlight(50)).isTrue();
    }

    @Test
    void nothingThatIsPrintedContainsAToken() {
        merged(10);

        assertThat(row.toString()).doesNotContain("sealed-10");
        assertThat(row.waitingToken().orElseThrow().toString()).doesNotContain("sealed-10");
    }
}
