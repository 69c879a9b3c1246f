package io.github.keycloaknylas.nylas;

import java.util.Locale;

/** The operations of the Nylas API, with the meaning of refusals that name no cause: it differs for the same status. */
enum ApiOperation {
    CONNECT(false, FailureCause.NO_CONNECTOR, FailureCause.APPLICATION_BLOCKED, FailureCause.UNFORESEEN_FOR_ROW),
    /**
     * The path names one grant, so a refusal is about that grant; an application that is blocked shows in the others.
     */
    DELETE_GRANT(
            false, FailureCause.UNFORESEEN_FOR_ROW, FailureCause.UNFORESEEN_FOR_ROW, FailureCause.UNFORESEEN_FOR_ROW),
    /** As for {@link #DELETE_GRANT}. */
    READ_GRANT(true, FailureCause.UNFORESEEN_FOR_ROW, FailureCause.UNFORESEEN_FOR_ROW, FailureCause.UNFORESEEN_FOR_ROW),
    LIST_GRANTS(
            true,
            FailureCause.UNFORESEEN_FOR_CONNECTION,
            FailureCause.APPLICATION_BLOCKED,
            FailureCause.UNFORESEEN_FOR_CONNECTION),
    READ_CONNECTOR(
            true, FailureCause.NO_CONNECTOR, FailureCause.APPLICATION_BLOCKED, FailureCause.UNFORESEEN_FOR_CREDENTIAL),
    READ_APPLICATION(
            true,
            FailureCause.UNFORESEEN_FOR_CONNECTION,
            FailureCause.APPLICATION_BLOCKED,
            FailureCause.UNFORESEEN_FOR_CONNECTION),
    /** Reading and changing webhooks. */
    WEBHOOK(true, FailureCause.WEBHOOK_REFUSED, FailureCause.APPLICATION_BLOCKED, FailureCause.WEBHOOK_REFUSED);

    /**
     * Whether the provider has no part in the answer, so that a 401 is about the key whatever it reports of
     * the provider.
     */
    final boolean asksNylasAlone;

    final FailureCause notFound;
    final FailureCause forbidden;
    final FailureCause unforeseen;

    /** The word for metrics and traces. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the longest response that is read, in bytes. A list has up to 200 grants. */
    int mostBytes() {
        return this == LIST_GRANTS ? 8 * Transport.MAX_BODY_BYTES : Transport.MAX_BODY_BYTES;
    }

    ApiOperation(boolean asksNylasAlone, FailureCause notFound, FailureCause forbidden, FailureCause unforeseen) {
        this.asksNylasAlone = asksNylasAlone;
        this.notFound = notFound;
        this.forbidden = forbidden;
        this.unforeseen = unforeseen;
    }
}
