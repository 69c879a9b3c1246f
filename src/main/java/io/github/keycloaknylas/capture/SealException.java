package io.github.keycloaknylas.capture;

/** A token cannot be sealed or opened. The message is for an administrator and holds no secret. */
public final class SealException extends RuntimeException {

    SealException(String message) {
        super(message);
    }
}
