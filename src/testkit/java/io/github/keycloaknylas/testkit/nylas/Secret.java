package io.github.keycloaknylas.testkit.nylas;

/**
 * A value that must not turn up in a log or a failed assertion: only {@link #value()} shows it.
 *
 * @param value the secret itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
