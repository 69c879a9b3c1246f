package io.github.keycloaknylas.nylas;

/** The operations of the Nylas API, with the meaning of refusals that name no cause: it differs for the same status. */
enum ApiOperation {
    CONNECT(false, FailureCause.NO_CONNECTOR, FailureCause.APPLICATION_BLOCKED, FailureCause.UNFORESEEN_FOR_ROW),
    /**
     * The path names one grant, so a refusal is about that grant; an application that is blocked shows in the others.
     */
    DELETE_GRANT(
            false, FailureCause.UNFORESEEN_FOR_ROW, FailureCause.UNFORESEEN_FOR_ROW, FailureCause.UNFORESEEN_FOR_ROW),
    READ_CONNECTOR(
            true, FailureCause.NO_CONNECTOR, FailureCause.APPLICATION_BLOCKED, FailureCause.UNFORESEEN_FOR_CREDENTIAL),
    READ_APPLICATION(
            true,
            FailureCause.UNFORESEEN_FOR_CONNECTION,
            FailureCause.APPLICATION_BLOCKED,
            FailureCause.UNFORESEEN_FOR_CONNECTION);

    /**
     * Whether the provider has no part in the answer, so that a 401 is about the key whatever it reports of
     * the provider.
     */
    final boolean asksNylasAlone;

    final FailureCause notFound;
    final FailureCause forbidden;
    final FailureCause unforeseen;

    ApiOperation(boolean asksNylasAlone, FailureCause notFound, FailureCause forbidden, FailureCause unforeseen) {
        this.asksNylasAlone = asksNylasAlone;
        this.notFound = notFound;
        this.forbidden = forbidden;
        this.unforeseen = unforeseen;
    }
}
