package io.github.keycloaknylas.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to the grant of a user who is disabled or no longer has the role or group of the mapper. */
public enum WhenIneligible {
    /** The grant stays. */
    KEEP,
    /** The grant is deleted at Nylas at once. */
    DELETE;

    static Optional<WhenIneligible> of(String json) {
        return Arrays.stream(values())
                .filter(choice -> choice.json().equals(json))
                .findFirst();
    }

    static List<String> allJson() {
        return Arrays.stream(values()).map(WhenIneligible::json).toList();
    }

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
