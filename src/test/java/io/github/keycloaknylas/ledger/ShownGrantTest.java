package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which grant applications may know of. */
class ShownGrantTest {

    private static final ConnectedGrant GRANT =
            new ConnectedGrant("g-1", "ada@example.com", null, "Mail.Read", "default", "f", "option:x", 1L);

    private final GrantEntity row = new GrantEntity(new Mailbox("r", "microsoft", "s"), "u");

    @Test
    void nothingIsShownBeforeTheFirstHandover() {
        assertThat(row.shownGrant()).isEmpty();
    }

    @Test
    void aConnectedGrantIsShown() {
        Transitions.connected(row, GRANT, 1, 2);
        assertThat(row.shownGrant()).contains(GRANT);
    }

    @Test
    void aGrantWhoseOwnerHasToSignInAgainKeepsBeingShown() {
        Transitions.connected(row, GRANT, 1, 2);
        Transitions.refused(row, LastFailure.of("x", 3), 3, 3);
        assertThat(row.is(GrantState.RECONNECT)).isTrue();
        assertThat(row.shownGrant()).contains(GRANT);
    }

    @Test
    void aHeldGrantIsNotShown() {
        Transitions.held(row, GRANT, Transitions.OTHER_MAILBOX, 1, 2);
        assertThat(row.shownGrant()).isEmpty();
    }

    @Test
    void aHeldGrantIsNotShownEitherOnceItsOwnerHasToSignInAgain() {
        Transitions.held(row, GRANT, Transitions.HELD_BY_ANOTHER, 1, 2);
        Transitions.refused(row, LastFailure.of("x", 3), 3, 3);
        assertThat(row.is(GrantState.RECONNECT)).isTrue();
        assertThat(row.shownGrant()).isEmpty();
    }

    @Test
    void aLeavingGrantIsNotShown() {
        Transitions.connected(row, GRANT, 1, 2);
        Departures.leaving(row, 3);
        assertThat(row.shownGrant()).isEmpty();
    }

    @Test
    void aStateOfANewerVersionShowsNothing() {
        Transitions.connected(row, GRANT, 1, 2);
        row.state = "PARKED";
        assertThat(row.shownGrant()).isEmpty();
    }
}
