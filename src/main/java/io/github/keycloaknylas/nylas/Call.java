package io.github.keycloaknylas.nylas;

/** What is asked of Nylas, and what refusals mean there that name no cause: the same status speaks of different things. */
enum Call {
    CONNECT(Finding.NO_CONNECTOR, Finding.APPLICATION_BLOCKED, Finding.UNFORESEEN_FOR_ROW),
    /** The path names one grant, so a refusal is about that grant; an application that is blocked shows in the others. */
    DELETE_GRANT(Finding.UNFORESEEN_FOR_ROW, Finding.UNFORESEEN_FOR_ROW, Finding.UNFORESEEN_FOR_ROW),
    READ_CONNECTOR(Finding.NO_CONNECTOR, Finding.APPLICATION_BLOCKED, Finding.UNFORESEEN_FOR_CREDENTIAL),
    READ_APPLICATION(Finding.UNFORESEEN_FOR_CONNECTION, Finding.APPLICATION_BLOCKED, Finding.UNFORESEEN_FOR_CONNECTION);

    final Finding notFound;
    final Finding forbidden;
    final Finding unforeseen;

    Call(Finding notFound, Finding forbidden, Finding unforeseen) {
        this.notFound = notFound;
        this.forbidden = forbidden;
        this.unforeseen = unforeseen;
    }
}
