package io.github.keycloaknylas.ledger;

/** The order in which the due rows of one lane are handed over. */
enum Priority {
    /** A user has just signed in. */
    SIGN_IN,
    /** An earlier attempt failed. */
    RETRY,
    /** A stored token of a user who has not signed in lately. */
    BACKFILL
}
