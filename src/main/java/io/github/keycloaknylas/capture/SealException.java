package io.github.keycloaknylas.capture;

/** Thrown when a token cannot be sealed or opened. The message is for an administrator and contains no secret. */
public final class SealException extends RuntimeException {

    SealException(String message) {
        super(message);
    }
}
