package io.github.keycloaknylas.model;

/** A worker ends in the middle of its call. Not an exception, since the code under test must not be able to catch it. */
final class Dies extends Error {

    private static final long serialVersionUID = 1;

    Dies() {
        super("The worker dies", null, false, false);
    }
}
