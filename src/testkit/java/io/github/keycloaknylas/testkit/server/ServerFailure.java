package io.github.keycloaknylas.testkit.server;

/** Something a test needs could not be started; the message says what happened and what to do next. */
public final class ServerFailure extends RuntimeException {

    public ServerFailure(String message) {
        super(message);
    }

    public ServerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
