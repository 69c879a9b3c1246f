package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

final class MergeTransitionsTest extends TransitionsTestBase {

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

        assertThat(Transitions.merge(row, token(10 - 120_000), ADA, "ada", 100)).isFalse();

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
