package io.github.keycloaknylas.ledger;

import java.util.Arrays;
import java.util.Optional;

/** What an evidence row proves. The database holds the name as text. */
public enum EvidenceType {
    /** The account was unlinked from the user. */
    LINK_REMOVED,
    /** The account is linked to the same user under another alias. */
    LINK_RENAMED,
    /** The user was removed. */
    USER_REMOVED,
    /** An administrator confirmed that a link is gone. */
    CONFIRMED;

    /** Parses the stored name; empty for a type that is unknown to this version. */
    static Optional<EvidenceType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.name().equals(text)).findFirst();
    }
}
