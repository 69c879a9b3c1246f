package io.github.keycloaknylas.delivery;

/** Thrown when a setting is missing or cannot be used, so that a token has to wait. */
final class MissingSettingException extends RuntimeException {

    private final String failureClass;

    MissingSettingException(String failureClass, String message) {
        super(message);
        this.failureClass = failureClass;
    }

    String failureClass() {
        return failureClass;
    }
}
