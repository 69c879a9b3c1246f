package io.github.keycloaknylas.nylas;

/** What is asked of Nylas, and what refusals mean there that name no cause: the same status speaks of different things. */
enum Call {
    CONNECT(false, Finding.NO_CONNECTOR, Finding.APPLICATION_BLOCKED, Finding.UNFORESEEN_FOR_ROW),
    /** The path names one grant, so a refusal is about that grant; an application that is blocked shows in the others. */
    DELETE_GRANT(false, Finding.UNFORESEEN_FOR_ROW, Finding.UNFORESEEN_FOR_ROW, Finding.UNFORESEEN_FOR_ROW),
    READ_CONNECTOR(true, Finding.NO_CONNECTOR, Finding.APPLICATION_BLOCKED, Finding.UNFORESEEN_FOR_CREDENTIAL),
    READ_APPLICATION(
            true, Finding.UNFORESEEN_FOR_CONNECTION, Finding.APPLICATION_BLOCKED, Finding.UNFORESEEN_FOR_CONNECTION);

    /** Whether the provider has no part in the answer, so that a 401 is about the key whatever it says of the provider. */
    final boolean asksNylasAlone;

    final Finding notFound;
    final Finding forbidden;
    final Finding unforeseen;

    Call(boolean asksNylasAlone, Finding notFound, Finding forbidden, Finding unforeseen) {
        this.asksNylasAlone = asksNylasAlone;
        this.notFound = notFound;
        this.forbidden = forbidden;
        this.unforeseen = unforeseen;
    }
}
