package io.github.keycloaknylas.admin;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One item of the set-up.
 *
 * @param what {@code user_attribute}, {@code client_scope} or {@code claims_mapper}
 * @param name its name
 * @param outcome what this call did
 */
record SetupStep(String what, String name, Outcome outcome) {

    enum Outcome {
        CREATED,
        REPAIRED,
        UNCHANGED;

        @JsonValue
        String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
