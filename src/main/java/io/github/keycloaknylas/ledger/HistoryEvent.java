package io.github.keycloaknylas.ledger;

/**
 * What happened to a mailbox. Stored as text and never renamed. Entries are read as text, so that one of a newer
 * version is shown as it is.
 */
enum HistoryEvent {
    /** The token was handed over, and the mailbox has this grant. */
    CONNECTED,
    /** The token was refused: the user has to sign in again. */
    REFUSED,
    /** Nylas returned a grant that the user may not have, or reports that it is one by now. */
    HELD,
    /** The waiting token was erased without having been handed over. */
    DISCARDED,
    /** The grant that was held back was given to the user. */
    ACCEPTED,
    /** Nylas reports the grant as invalid: the user has to sign in again. */
    EXPIRED,
    /** Nylas reports the grant as valid again. */
    VALID_AGAIN,
    /** Nylas has no such grant any more. */
    MISSING,
    /** The mailbox gave its grant up. A grant that the mailbox held is queued for deletion at Nylas. */
    RELEASED,
    /** The grant was deleted at Nylas. */
    DELETED
}
