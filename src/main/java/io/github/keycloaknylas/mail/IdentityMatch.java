package io.github.keycloaknylas.mail;

/** How well a grant's mailbox agrees with the person who signed in. */
public enum IdentityMatch {
    /** Both sides name an id, and it is the same. */
    SAME_ID,
    /** Both sides name an id; they differ, but one of the addresses is the same. */
    OTHER_ID_SAME_ADDRESS,
    /** Both sides name an id; neither the ids nor the addresses agree. */
    OTHER_ID,
    /** An id is missing on one side; one of the addresses is the same. */
    SAME_ADDRESS,
    /** An id is missing on one side, and no address agrees. */
    NEITHER;

    /**
     * Whether the grant is for this person's mailbox.
     *
     * @param idsComparable whether the connection has been seen to answer with ids of this kind: two that differ are
     *     then a veto whatever the addresses say; until then the addresses decide
     */
    public boolean fits(boolean idsComparable) {
        return this == SAME_ID || this == SAME_ADDRESS || this == OTHER_ID_SAME_ADDRESS && !idsComparable;
    }
}
