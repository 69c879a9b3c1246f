package io.github.keycloaknylas.model;

/**
 * A worker ends in the middle of its call. Not an exception, since the code under test must not be able to catch it.
 */
final class WorkerCrash extends Error {

    private static final long serialVersionUID = 1;

    WorkerCrash() {
        super("The worker crashes", null, false, false);
    }
}
