package io.github.keycloaknylas.ledger;

/** The order in which due rows are handed over: within a lane, and for {@link #BACKFILL} among all lanes. */
enum Priority {
    /** A user has just signed in. */
    SIGN_IN,
    /** An earlier attempt failed. */
    RETRY,
    /** A token that Keycloak had stored, before its first handover and after failures. */
    BACKFILL
}
