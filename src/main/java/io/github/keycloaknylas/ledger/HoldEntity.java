package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one user of one realm who may have a grant. The primary key prevents two nodes from giving it to two users. */
@Entity
@Table(name = "NYLAS_HOLD")
public class HoldEntity {

    @Id
    @Column(name = "GRANT_HASH", length = 64)
    private String grantHash;

    @Column(name = "REALM_ID", length = 255, nullable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "HELD_SINCE", nullable = false)
    private long heldSince;

    protected HoldEntity() {}

    HoldEntity(String grantHash, String realmId, String userId, long now) {
        this.grantHash = grantHash;
        this.realmId = realmId;
        this.userId = userId;
        this.heldSince = now;
    }

    boolean isOf(String realm, String user) {
        return realmId.equals(realm) && userId.equals(user);
    }

    boolean isIn(String realm) {
        return realmId.equals(realm);
    }

    String userId() {
        return userId;
    }
}
