package io.github.keycloaknylas.mail;

/** How well a grant's mailbox agrees with the person who signed in. */
public enum IdentityMatch {
    /** Both sides name an ID, and it is the same. */
    SAME_ID,
    /** Both sides name an ID; they differ, but one of the addresses is the same. */
    OTHER_ID_SAME_ADDRESS,
    /** Both sides name an ID; neither the IDs nor the addresses agree. */
    OTHER_ID,
    /** An ID is missing on one side; one of the addresses is the same. */
    SAME_ADDRESS,
    /** An ID is missing on one side, and no address agrees. */
    NEITHER;

    /**
     * Returns whether the grant is for this person's mailbox.
     *
     * @param idsComparable whether the connection has been seen to return IDs of this kind: two that differ then rule
     *     out a match whatever the addresses are; until then the addresses decide
     */
    public boolean fits(boolean idsComparable) {
        return this == SAME_ID || this == SAME_ADDRESS || this == OTHER_ID_SAME_ADDRESS && !idsComparable;
    }
}
