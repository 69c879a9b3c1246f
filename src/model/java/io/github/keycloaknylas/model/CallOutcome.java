package io.github.keycloaknylas.model;

/** What becomes of one call to Nylas. */
enum CallOutcome {
    DONE,
    /** Done, but the answer names nobody. */
    NAMELESS,
    /** Done, and the answer names the address alone. */
    ADDRESS_ALONE,
    /** Done, and the answer names the id alone. */
    ID_ALONE,
    /** Done, but the connection breaks before the answer is here. */
    DONE_BUT_LOST,
    /** Done, but the worker crashes before it gets the answer. */
    DONE_BUT_CALLER_CRASHES,
    CALLER_CRASHES_BEFORE,
    UNREACHABLE,
    DOWN,
    ASKS_FOR_A_PAUSE,
    REFUSES_THE_TOKEN,
    REFUSES_THE_CLIENT,
    REFUSES_THE_KEY,
    REFUSES_THE_REQUEST,
    ANSWERS_NONSENSE;

    boolean isDone() {
        return isAnswered() || this == DONE_BUT_LOST || this == DONE_BUT_CALLER_CRASHES;
    }

    private boolean isAnswered() {
        return this == DONE || this == NAMELESS || this == ADDRESS_ALONE || this == ID_ALONE;
    }

    boolean namesTheAddress() {
        return this == DONE || this == ADDRESS_ALONE;
    }

    boolean namesTheId() {
        return this == DONE || this == ID_ALONE;
    }

    boolean crashes() {
        return this == CALLER_CRASHES_BEFORE || this == DONE_BUT_CALLER_CRASHES;
    }

    boolean breaksOff() {
        return this == UNREACHABLE || this == DONE_BUT_LOST;
    }
}
