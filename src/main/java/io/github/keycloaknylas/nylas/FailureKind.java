package io.github.keycloaknylas.nylas;

/** Classifies who can resolve a failure. */
public enum FailureKind {
    /** Time: the same call may well succeed later. */
    TEMPORARY,
    /** The owner of the mailbox: the refresh token is dead, only a new sign-in brings a live one. */
    SIGN_IN_AGAIN,
    /** An administrator: until a setting changes, the same call fails again. */
    ADMINISTRATOR
}
