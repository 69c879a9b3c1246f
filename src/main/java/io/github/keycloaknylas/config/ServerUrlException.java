package io.github.keycloaknylas.config;

/** Thrown when there is no address of this Keycloak to give to others. The message is for an administrator. */
public final class ServerUrlException extends RuntimeException {

    ServerUrlException(String message) {
        super(message);
    }
}
