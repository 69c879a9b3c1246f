package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class DeparturesTest extends TransitionsTestBase {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LEAVING")
    void withoutItsLinkARowHandsNothingOverAndShowsNothing(GrantState state) {
        in(state);
        merged(70);

        Departures.leaving(row, 80);

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

        Departures.leaving(row, 20);

        assertThat(row.isLeasedBy(lease)).isTrue();
        Departures.connectedTooLate(row, grant("grant-1"));
        assertThat(row.is(GrantState.LEAVING)).isTrue();
        assertThat(row.grant()).map(ConnectedGrant::grantId).contains("grant-1");
        assertThat(row.isInFlight(20)).isFalse();
    }

    @Test
    void linkedAgainAConnectedGrantIsShownAgain() {
        in(GrantState.LEAVING);

        Departures.linked(row, "ada", true, 90);

        assertThat(row.is(GrantState.CONNECTED)).isTrue();
        assertThat(row.holds).isEqualTo("grant-1");
        assertThat(row.leavingSince).isNull();
        assertThat(row.isProjectionDue()).isTrue();
    }

    @Test
    void linkedToSomebodyElseTheGrantGoesWithTheLink() {
        in(GrantState.LEAVING);

        Departures.linked(row, "ada-2", true, 90);

        assertThat(row.userId()).isEqualTo("ada-2");
        assertThat(row.is(GrantState.CONNECTED)).isTrue();
    }

    @Test
    void linkedAgainAnExpiredGrantStillNeedsASignIn() {
        in(GrantState.RECONNECT);
        Departures.leaving(row, 60);

        Departures.linked(row, "ada", true, 90);

        assertThat(row.is(GrantState.RECONNECT)).isTrue();
    }

    @Test
    void linkedAgainWithoutAGrantNoneIsKnown() {
        merged(10);
        row.handover.lease(1000);
        Departures.leaving(row, 60);

        Departures.linked(row, "ada", true, 90);

        assertThat(row.is(GrantState.ABSENT)).isTrue();
        assertThat(row.holds).isEqualTo(row.id());
    }

    @Test
    void aGrantOfAnotherMailboxIsStillHeldAfterUnlinkingAndLinkingAgain() {
        merged(10);
        Transitions.held(row, foreign(), Transitions.OTHER_MAILBOX, 10, 40);
        Departures.leaving(row, 60);

        Departures.linked(row, "ada", true, 90);

        assertThat(row.is(GrantState.HELD)).isTrue();
        assertThat(row.holds).isEqualTo(row.id());
    }

    @Test
    void aGrantThatSomebodyElseHoldsByNowIsNotTakenFromThemByLinkingAgain() {
        in(GrantState.LEAVING);

        Departures.linked(row, "ada", false, 90);

        assertThat(row.is(GrantState.ABSENT)).isTrue();
        assertThat(row.holds).isEqualTo(row.id());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LEAVING")
    void aLinkThatMovesTakesTheMailboxAlongInItsState(GrantState state) {
        in(state);

        Departures.linked(row, "ada-2", true, 90);

        assertThat(row.state()).contains(state);
        assertThat(row.userId()).isEqualTo("ada-2");
        assertThat(row.isProjectionDue()).isTrue();
    }

    @Test
    void aDeletionThatFailedIsTriedLater() {
        in(GrantState.LEAVING);
        String lease = Departures.deletionStarted(row, 1000);
        assertThat(row.isLeasedBy(lease)).isTrue();

        Departures.deletionPostponed(row, 500);

        assertThat(row.isInFlight(100)).isFalse();
        assertThat(row.nextAttemptAt()).contains(500L);
        assertThat(row.grant()).isPresent();
    }

    @Test
    void aDeletedGrantIsKnownNoMore() {
        in(GrantState.LEAVING);
        Departures.deletionStarted(row, 1000);

        Departures.deleted(row, 100);

        assertThat(row.grant()).isEmpty();
        assertThat(row.isInFlight(100)).isFalse();
        assertThat(row.is(GrantState.LEAVING)).isTrue();
    }

    @Test
    void aGrantDeletedWhileItsAccountWasLinkedAgainIsNotShownAnyLonger() {
        in(GrantState.LEAVING);
        Departures.deletionStarted(row, 1000);
        Departures.linked(row, "ada", true, 90);
        row.projection.done("ada", "nylas_grant_id", "grant-1");

        Departures.deleted(row, 100);

        assertThat(row.is(GrantState.ABSENT)).isTrue();
        assertThat(row.holds).isEqualTo(row.id());
        assertThat(row.isProjectionDue()).isTrue();
    }
}
