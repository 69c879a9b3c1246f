package io.github.keycloaknylas.nylas;

/** How far a failure reaches that an administrator has to fix. */
public enum FailureReach {
    /** This mailbox only. */
    ROW,
    /** Every mailbox of this connector or credential: the client it names is refused. */
    CREDENTIAL,
    /** Every call over this connection: key, region, address or application. */
    CONNECTION
}
