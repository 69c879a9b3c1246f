package io.github.keycloaknylas.nylas;

/** How a grant that is to be deleted ended. Either way it is gone. */
public enum DeletionOutcome {
    /** Nylas deleted it. */
    DELETED,
    /** Nylas said that there is no such grant (404). */
    ALREADY_GONE
}
