package io.github.keycloaknylas.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The state of a mailbox's grant. Stored as text: rows in a state that a newer version wrote are left alone. */
public enum GrantState {
    /** No grant is known. */
    ABSENT,
    /** The grant ID is known and the grant was valid when last reported. */
    CONNECTED,
    /** The user has to sign in again. */
    RECONNECT,
    /** Nylas returned another mailbox than the expected one, or a grant that another user holds. */
    HELD;

    /** The states that this version supports, as stored in the column. */
    static final List<String> KNOWN =
            Arrays.stream(values()).map(GrantState::name).toList();

    /** The same for a condition of a query: {@code ('ABSENT', …)}. */
    static final String KNOWN_LITERALS =
            KNOWN.stream().map(state -> "'" + state + "'").collect(Collectors.joining(", ", "(", ")"));

    static Optional<GrantState> of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(text))
                .findFirst();
    }
}
