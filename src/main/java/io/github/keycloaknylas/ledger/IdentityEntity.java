package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A hash of one ID or address of a mailbox, under which other rows that want the same mailbox are found. */
@Entity
@IdClass(IdentityEntity.Key.class)
@Table(name = "NYLAS_IDENTITY")
public class IdentityEntity {

    /**
     * The primary key.
     *
     * @param identityHash see {@link ExpectedIdentity#hashes(MailProvider)}
     * @param grantRowId ID of the row in NYLAS_GRANT
     */
    public record Key(String identityHash, String grantRowId) implements Serializable {}

    @Id
    @Column(name = "IDENTITY_HASH", length = 64)
    private String identityHash;

    @Id
    @Column(name = "GRANT_ROW_ID", length = 36)
    private String grantRowId;

    protected IdentityEntity() {}

    IdentityEntity(String identityHash, String grantRowId) {
        this.identityHash = identityHash;
        this.grantRowId = grantRowId;
    }

    String identityHash() {
        return identityHash;
    }
}
