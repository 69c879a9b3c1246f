package io.github.keycloaknylas.nylas;

/** How a grant that is to be deleted ended. Either way it is gone. */
public enum Deletion {
    DELETED,
    ALREADY_GONE
}
