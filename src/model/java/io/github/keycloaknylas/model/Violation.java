package io.github.keycloaknylas.model;

/** Something happened that never may. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }

    static void unless(boolean fine, String what, Object... details) {
        if (!fine) {
            throw new Violation(String.format(what, details));
        }
    }
}
