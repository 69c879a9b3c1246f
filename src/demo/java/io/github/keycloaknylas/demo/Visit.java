package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.signin.Tokens;
import java.util.Optional;
import java.util.UUID;

/** One browser at the example application. Served by one thread at a time. */
final class Visit {

    private final String id = UUID.randomUUID().toString();
    private final String state = UUID.randomUUID().toString();
    private Tokens tokens;
    private int looks;

    String id() {
        return id;
    }

    String state() {
        return state;
    }

    Optional<Tokens> tokens() {
        return Optional.ofNullable(tokens);
    }

    boolean isSignedIn() {
        return tokens != null;
    }

    void begin(Optional<Tokens> received) {
        tokens(received);
        looks = 0;
    }

    void tokens(Optional<Tokens> received) {
        tokens = received.orElse(null);
    }

    void countLook() {
        looks++;
    }

    /** How often the page was shown since the sign-in. */
    int looks() {
        return looks;
    }
}
