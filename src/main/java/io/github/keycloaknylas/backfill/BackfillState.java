package io.github.keycloaknylas.backfill;

import java.util.Arrays;
import java.util.Optional;

/** The state of a run. Stored as text. */
public enum BackfillState {
    /** Links are left to look at. */
    RUNNING,
    /** Every link was looked at. */
    DONE,
    /** An administrator ended the run before that. */
    CANCELLED;

    static Optional<BackfillState> of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(text))
                .findFirst();
    }
}
