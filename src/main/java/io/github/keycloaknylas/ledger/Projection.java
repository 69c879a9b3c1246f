package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** Whether the user's attribute shows what the ledger says, and where it was last written. */
@Embeddable
class Projection {

    @Column(name = "PROJECTION_DUE", nullable = false)
    boolean due;

    @Column(name = "PROJECT_AT")
    Long at;

    @Column(name = "PROJECT_ATTEMPTS", nullable = false)
    int attempts;

    @Column(name = "PROJECTED_USER_ID", length = 255)
    String userId;

    @Column(name = "PROJECTED_ATTRIBUTE", length = 255)
    String attribute;

    @Column(name = "PROJECTED_VALUE", length = 255)
    String value;

    void require(long now) {
        due = true;
        at = now;
        attempts = 0;
    }

    void postpone(long until) {
        attempts++;
        at = until;
    }

    void done(String writtenUserId, String writtenAttribute, String writtenValue) {
        due = false;
        at = null;
        attempts = 0;
        userId = writtenUserId;
        attribute = writtenAttribute;
        value = writtenValue;
    }
}
