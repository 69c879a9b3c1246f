package io.github.keycloaknylas.setup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One item of the set-up.
 *
 * @param what {@code user_attribute}, {@code client_scope} or {@code claims_mapper}
 * @param name its name
 * @param outcome what this call did
 */
public record SetupStep(String what, String name, Outcome outcome) {

    /** What a call did. */
    public enum Outcome {
        /** The item was missing. */
        CREATED,
        /** The item differed. */
        REPAIRED,
        /** The item was right. */
        UNCHANGED;

        @JsonValue
        String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
