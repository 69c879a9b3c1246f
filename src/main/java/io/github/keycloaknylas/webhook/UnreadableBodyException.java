package io.github.keycloaknylas.webhook;

/** Thrown when a signed body is not a notification. */
final class UnreadableBodyException extends Exception {

    private static final long serialVersionUID = 1;

    private final Answer answer;

    UnreadableBodyException(Answer answer) {
        super(answer.name());
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
