package io.github.keycloaknylas.ledger;

import java.util.Arrays;
import java.util.Optional;

/** What an evidence row proves. The database holds the name as text. */
public enum EvidenceType {
    /** Somebody unlinked the account from the user. */
    LINK_REMOVED,
    /** The account is linked to the same user under another alias. */
    LINK_RENAMED,
    /** Somebody removed the user. */
    USER_REMOVED,
    /** An administrator confirmed that a link is gone. */
    CONFIRMED;

    /** Empty for a type that this version does not know. */
    static Optional<EvidenceType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.name().equals(text)).findFirst();
    }
}
