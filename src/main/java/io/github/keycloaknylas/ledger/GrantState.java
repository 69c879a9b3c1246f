package io.github.keycloaknylas.ledger;

import java.util.Arrays;
import java.util.Optional;

/** How a mailbox stands with Nylas. Kept as text: a row whose state a newer version wrote is left alone. */
public enum GrantState {
    /** No grant known yet. */
    ABSENT,
    /** The grant id is known and was good when last heard of. */
    CONNECTED,
    /** Its owner has to sign in with Microsoft again. */
    RECONNECT,
    /** Nylas answered with a mailbox that is not the expected one, or with a grant somebody else holds. */
    HELD,
    /** Unlinked or deleted; the grant is deleted at Nylas after a grace, unless it is linked again. */
    LEAVING;

    static Optional<GrantState> of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(text))
                .findFirst();
    }
}
