package io.github.keycloaknylas.nylas;

/** Classifies who can resolve a failure. */
public enum FailureKind {
    /** Resolves with time: the same call may well succeed later. */
    TEMPORARY,
    /** The owner of the mailbox resolves it: the refresh token is dead, and only a new sign-in supplies a valid one. */
    SIGN_IN_AGAIN,
    /** An administrator resolves it: until a setting changes, the same call fails again. */
    ADMINISTRATOR
}
