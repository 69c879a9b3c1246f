package io.github.keycloaknylas.ledger;

import java.util.Arrays;
import java.util.Optional;

/** The state of a webhook. Stored as text. */
public enum WebhookState {
    /** The address is known, so that Nylas can verify it; no secret is stored yet. */
    PENDING,
    /** A secret is stored. */
    ACTIVE,
    /** Nylas is being asked for a new secret: it may already sign with one that is not stored yet. */
    CHANGING;

    static Optional<WebhookState> of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(text))
                .findFirst();
    }
}
