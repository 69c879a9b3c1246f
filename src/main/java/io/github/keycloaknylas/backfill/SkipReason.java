package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.capture.StoredResponse;
import io.github.keycloaknylas.ledger.KnownMailboxes;
import java.util.Locale;

/** Why a link was not queued. The names in lower case are those of the report. */
enum SkipReason {
    /** The mailbox has a grant that works. */
    ALREADY_CONNECTED,
    /** A token for the mailbox waits already. */
    ALREADY_WAITING,
    /** The mailbox is known in another state: its owner has signed in since, and the next sign-in decides. */
    ALREADY_KNOWN,
    /** Nothing is stored with the link. */
    NO_STORED_TOKEN,
    /** What is stored has no refresh token. */
    NO_REFRESH_TOKEN,
    /** What is stored is not a token response. */
    UNREADABLE_TOKEN,
    /** A scope that the mapper requires was not granted. */
    SCOPES_MISSING,
    /** Nothing but an address says whose mailbox it is. */
    NOT_IDENTIFIED,
    /** The user is disabled, or does not have the role or group of the mapper. */
    NOT_ELIGIBLE,
    /** Only a user directory could tell whether the user has the role or group of the mapper. */
    ELIGIBILITY_UNKNOWN;

    static SkipReason of(KnownMailboxes.Known known) {
        return switch (known) {
            case CONNECTED -> ALREADY_CONNECTED;
            case WAITING -> ALREADY_WAITING;
            case OTHERWISE -> ALREADY_KNOWN;
        };
    }

    static SkipReason of(StoredResponse.Problem problem) {
        return switch (problem) {
            case UNREADABLE -> UNREADABLE_TOKEN;
            case NO_REFRESH_TOKEN -> NO_REFRESH_TOKEN;
            case SCOPES_MISSING -> SCOPES_MISSING;
            case NOT_IDENTIFIED -> NOT_IDENTIFIED;
        };
    }

    String reported() {
        return name().toLowerCase(Locale.ROOT);
    }
}
