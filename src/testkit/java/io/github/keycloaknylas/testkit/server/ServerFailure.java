package io.github.keycloaknylas.testkit.server;

/** Thrown when something that a test needs could not be started. The message names the problem and the next step. */
public final class ServerFailure extends RuntimeException {

    public ServerFailure(String message) {
        super(message);
    }

    public ServerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
