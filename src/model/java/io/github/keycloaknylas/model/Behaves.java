package io.github.keycloaknylas.model;

/** What becomes of one call to Nylas. */
enum Behaves {
    WELL,
    /** Done, but the answer names nobody. */
    NAMELESS,
    /** Done, but the connection breaks before the answer is here. */
    DONE_BUT_LOST,
    /** Done, but the worker dies before it hears of it. */
    DONE_BUT_CALLER_DIES,
    CALLER_DIES_BEFORE,
    UNREACHABLE,
    DOWN,
    ASKS_FOR_A_PAUSE,
    REFUSES_THE_TOKEN,
    REFUSES_THE_CLIENT,
    REFUSES_THE_KEY,
    REFUSES_THE_REQUEST,
    ANSWERS_NONSENSE;

    boolean isDone() {
        return this == WELL || this == NAMELESS || this == DONE_BUT_LOST || this == DONE_BUT_CALLER_DIES;
    }

    boolean kills() {
        return this == CALLER_DIES_BEFORE || this == DONE_BUT_CALLER_DIES;
    }

    boolean breaksOff() {
        return this == UNREACHABLE || this == DONE_BUT_LOST;
    }
}
