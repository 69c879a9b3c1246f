package io.github.keycloaknylas.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the user attribute beside the grant ID says of a mailbox. Administrators search for these words and event
 * listeners compare them, so they never change.
 */
public enum ShownStatus {
    /** The mailbox has a working grant. */
    CONNECTED,
    /** The user has to sign in again. */
    RECONNECT,
    /** Nylas returned a grant that the user may not have. */
    HELD;

    /** The value of the attribute. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status that a value of the attribute stands for; empty for any other value. */
    public static Optional<ShownStatus> of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst();
    }

    static Optional<ShownStatus> in(GrantState state) {
        return switch (state) {
            case ABSENT -> Optional.empty();
            case CONNECTED -> Optional.of(CONNECTED);
            case RECONNECT -> Optional.of(RECONNECT);
            case HELD -> Optional.of(HELD);
        };
    }
}
