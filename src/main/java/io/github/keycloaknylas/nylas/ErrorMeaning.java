package io.github.keycloaknylas.nylas;

/** The meaning of a mail provider's error, as far as something follows from it. */
public enum ErrorMeaning {
    /** The refresh token is dead: the user has to sign in again. */
    TOKEN_REFUSED,
    /** The client that Nylas presented is refused: an administrator has to correct the connector or credential. */
    CLIENT_REFUSED,
    /** A scope lacks consent, which a new sign-in does not change: an administrator has to act. */
    CONSENT_MISSING
}
