package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.ledger.EscapedText;
import io.github.keycloaknylas.ledger.ExpectedIdentityJson;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/**
 * One token response of one login, sealed. The row belongs to that login alone until the login completes. Updates write
 * only changed columns, so that a login never restores a token that a worker has erased meanwhile.
 */
@Entity
@DynamicUpdate
@Table(name = "NYLAS_CAPTURE")
public class CaptureEntity {

    // Not empty, because Oracle treats empty text as null.
    static final String SPENT = "-";

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Embedded
    private Mailbox mailbox;

    @Column(name = "LOGIN_HASH", length = 64, nullable = false, updatable = false)
    private String loginHash;

    @Column(name = "SEALED_TOKEN", length = Integer.MAX_VALUE, nullable = false)
    private String sealedToken;

    @Column(name = "SEAL_KEY_ID", length = 255, nullable = false, updatable = false)
    private String sealKeyId;

    @Column(name = "EXPECTED", length = Integer.MAX_VALUE, updatable = false)
    @Convert(converter = EscapedText.class)
    private String expected;

    @Column(name = "CAPTURED_AT", nullable = false, updatable = false)
    private long capturedAt;

    @Column(name = "EXPIRES_AT", nullable = false, updatable = false)
    private long expiresAt;

    @Column(name = "USER_ID", length = 255)
    private String userId;

    @Column(name = "COMPLETED_AT")
    private Long completedAt;

    protected CaptureEntity() {}

    CaptureEntity(Mailbox mailbox, String loginHash, SealedToken token, ExpectedIdentity identity, long expiresAt) {
        this.id = UUID.randomUUID().toString();
        this.mailbox = mailbox;
        this.loginHash = loginHash;
        this.sealedToken = token.text();
        this.sealKeyId = token.keyId();
        this.capturedAt = token.capturedAt();
        this.expected = ExpectedIdentityJson.write(identity);
        this.expiresAt = expiresAt;
    }

    /** The primary key, a UUID. */
    public String id() {
        return id;
    }

    /** The mailbox that the token belongs to. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** The sealed token; erased once the row {@link #isSpent}. */
    public SealedToken token() {
        return new SealedToken(sealedToken, sealKeyId, capturedAt);
    }

    /** Who signed in. */
    public ExpectedIdentity identity() {
        return ExpectedIdentityJson.read(expected);
    }

    /** The user whose login completed, or null until then. */
    public String userId() {
        return userId;
    }

    /** The position of a marked capture among those that are marked. */
    public Captures.Cursor position() {
        return new Captures.Cursor(completedAt, id);
    }

    /** Returns whether this row belongs to that login and still waits for it to complete. */
    public boolean awaits(String realm, String login, long now) {
        return completedAt == null
                && !isSpent()
                && expiresAt > now
                && mailbox.realmId().equals(realm)
                && loginHash.equals(login);
    }

    /** Returns whether the token is erased. */
    public boolean isSpent() {
        return SPENT.equals(sealedToken);
    }

    /**
     * Erases the token. The row itself stays until long after it has expired: a login submitted twice may still update
     * it, and would fail if the row were gone.
     */
    public void spend() {
        this.sealedToken = SPENT;
        this.completedAt = null;
    }

    /** Marks the row as that of a login that completed for this user. */
    public void complete(String user, long now) {
        this.userId = user;
        this.completedAt = now;
    }
}
