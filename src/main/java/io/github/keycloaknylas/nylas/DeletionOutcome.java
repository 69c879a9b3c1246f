package io.github.keycloaknylas.nylas;

/** How the deletion of a grant ended. The grant is gone in either case. */
public enum DeletionOutcome {
    /** Nylas deleted it. */
    DELETED,
    /** Nylas reported that there is no such grant (404). */
    ALREADY_GONE
}
