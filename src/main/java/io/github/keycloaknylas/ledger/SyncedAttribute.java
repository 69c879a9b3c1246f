package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** Whether the user's attribute still has to be written, and where it was written last. */
@Embeddable
class SyncedAttribute {

    @Column(name = "ATTRIBUTE_DUE", nullable = false)
    boolean due;

    /** When it is due; while a worker writes it, the end of that worker's lease. */
    @Column(name = "ATTRIBUTE_AT")
    Long at;

    @Column(name = "ATTRIBUTE_ATTEMPTS", nullable = false)
    int attempts;

    @Column(name = "ATTRIBUTE_USER_ID", length = 255)
    String userId;

    @Column(name = "ATTRIBUTE_NAME", length = 255)
    String name;

    @Column(name = "ATTRIBUTE_VALUE", length = 255)
    String value;

    void require(long from) {
        due = true;
        at = from;
        attempts = 0;
    }

    void postpone(long until) {
        attempts++;
        at = until;
    }

    void done(String writtenUserId, String writtenName, String writtenValue) {
        due = false;
        at = null;
        attempts = 0;
        userId = writtenUserId;
        name = writtenName;
        value = writtenValue;
    }
}
