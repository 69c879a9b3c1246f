package io.github.keycloaknylas.delivery;

/** A token has to wait for something that an administrator can put back. */
final class WaitingException extends RuntimeException {

    private final String failureClass;

    WaitingException(String failureClass, String message) {
        super(message);
        this.failureClass = failureClass;
    }

    String failureClass() {
        return failureClass;
    }
}
