package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.Microsoft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a completed login changes. */
final class MergeTransitionsTest extends TransitionsTestBase {

    @Test
    void aFirstTokenIsDueAtOnce() {
        assertThat(Transitions.accepts(row, token(10))).isTrue();

        Transitions.merge(row, token(10), ADA, "ada", 11);

        assertThat(row.isHandoverDue()).isTrue();
        assertThat(row.nextAttemptAt()).contains(11L);
        assertThat(row.waitingToken()).contains(token(10));
        assertThat(row.handover.lane).isEqualTo(row.mailbox().lane("server:default"));
        assertThat(row.expectedIdentity()).isEqualTo(ADA);
        assertThat(row.is(GrantState.ABSENT)).isTrue();
        assertThat(row.isAttributeDue()).isFalse();
    }

    @Test
    void aNewerTokenReplacesTheWaitingOneAndStartsWithoutItsFailures() {
        merged(10);
        Transitions.postponed(row, REFUSED, 10, 99_999, 12);
        Transitions.refusedForRow(row, REFUSED, 10, 99_999, 12);

        Transitions.merge(row, token(20), ADA, "ada", 21);

        assertThat(row.waitingToken()).contains(token(20));
        assertThat(row.attempts()).isZero();
        assertThat(row.refusals()).isZero();
        assertThat(row.handover.priority).isEqualTo(Priority.SIGN_IN.ordinal());
        assertThat(row.nextAttemptAt()).contains(21L);
    }

    @Test
    void aNewerTokenIsNotDueWhileACallIsInProgress() {
        merged(10);
        leased(1000);

        merged(20);

        assertThat(row.isLeasedBy("lease")).isTrue();
        assertThat(row.nextAttemptAt()).contains(1000L);
    }

    @Test
    void aNewerTokenIsDueAtOnceWhenTheLeaseHasExpired() {
        merged(10);
        leased(15);

        merged(20);

        assertThat(row.nextAttemptAt()).contains(21L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 20})
    void aSignInReplacesABackfilledTokenThatWaitsWheneverItWasCaptured(long capturedAt) {
        Transitions.backfill(row, token(10), ADA, 11);
        Transitions.postponed(row, REFUSED, 10, 99_999, 12);
        assertThat(Transitions.accepts(row, token(capturedAt))).isTrue();

        merged(capturedAt);

        assertThat(row.waitingToken()).contains(token(capturedAt));
        assertThat(row.handover.priority).isEqualTo(Priority.SIGN_IN.ordinal());
    }

    @Test
    void aSignInThatReplacedABackfilledTokenDuringItsCallIsHandedOverAfterIt() {
        Transitions.backfill(row, token(10), ADA, 11);
        leased(1000);
        merged(5);

        Transitions.connected(row, grant("grant-1"), 10, 40);

        assertThat(row.waitingToken()).contains(token(5));
        assertThat(row.nextAttemptAt()).contains(40L);
    }

    @Test
    void onceABackfilledTokenIsHandedOverAnOlderSignInHasNothingToAdd() {
        Transitions.backfill(row, token(10), ADA, 11);
        Transitions.connected(row, grant("grant-1"), 10, 40);

        assertThat(Transitions.accepts(row, token(9))).isFalse();
        assertThat(Transitions.accepts(row, token(41))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void anOlderLoginThatCompletesLaterIsNotAccepted(long capturedAt) {
        merged(10);

        assertThat(Transitions.accepts(row, token(capturedAt))).isFalse();
    }

    @Test
    void anOlderLoginIsNotAcceptedEvenWhenTheNewerTokenIsHandedOverAlready() {
        connected();

        assertThat(Transitions.accepts(row, token(9))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECONNECT", "HELD"})
    void aSignInOnANodeWhoseClockIsBehindIsAcceptedWhereTheMailboxNeedsOne(GrantState state) {
        in(state);

        assertThat(Transitions.accepts(row, token(9))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECONNECT", "HELD"})
    void anOlderLoginThatNoClockExplainsIsNotAccepted(GrantState state) {
        in(state);

        assertThat(Transitions.accepts(row, token(10 - 120_000))).isFalse();
    }

    @Test
    void anOlderLoginIsNotAcceptedWhereANewerTokenAlreadyWaits() {
        in(GrantState.RECONNECT);
        merged(100);

        assertThat(Transitions.accepts(row, token(99))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theStateOfTheGrantStaysAsItIs(GrantState state) {
        in(state);

        merged(70);

        assertThat(row.state()).contains(state);
        assertThat(row.isHandoverDue()).isTrue();
    }

    @Test
    void aSignInOfANewOwnerMovesTheMailboxAndTheAttribute() {
        connected();

        Transitions.merge(row, token(70), ADA, "ada-2", 71);

        assertThat(row.userId()).isEqualTo("ada-2");
        assertThat(row.isAttributeDue()).isTrue();
    }

    @Test
    void aSignInEndsTheReportThatTheLinkIsMissing() {
        connected();
        Transitions.linkSeen(row, false, 60);

        merged(70);

        assertThat(row.linkGoneAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"oid-ada, false", "OID-ADA, false", "oid-eve, true", "-, false"})
    void anotherPersonIsOneWhoseKnownIdDiffers(String objectId, boolean other) {
        merged(10);

        assertThat(Transitions.isOtherPerson(
                        row, new ExpectedIdentity(objectId, null, "x@example.com", null, null), new Microsoft()))
                .isEqualTo(other);
    }
}
