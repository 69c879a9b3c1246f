package io.github.keycloaknylas.config;

/** A mapper asks for a Nylas connection that cannot be had. The message is for an administrator and holds no secret. */
public final class ConnectionException extends RuntimeException {

    ConnectionException(String message) {
        super(message);
    }
}
