package io.github.keycloaknylas.ledger;

/** Why a grant is deleted at Nylas. */
public enum DeletionReason {
    /** The account was unlinked or its user removed. */
    UNLINKED,
    /** The mailbox received another grant: another application, credential or account of the provider. */
    REPLACED,
    /** The account is linked to another user. */
    MOVED,
    /** The user is disabled or no longer has the role or group of the mapper. */
    INELIGIBLE,
    /** An administrator ended the grant. */
    DISCONNECTED
}
