package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;
import java.util.UUID;

/** One mailbox and how it stands. Workers alone write it, each change in a short transaction under its version. */
@Entity
@Table(name = "NYLAS_GRANT")
public class GrantEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Version
    @Column(name = "ROW_VERSION", nullable = false)
    private int version;

    @Column(name = "KEY_HASH", length = 64, nullable = false, updatable = false)
    private String keyHash;

    @Column(name = "REALM_ID", length = 255, nullable = false, updatable = false)
    private String realmId;

    @Column(name = "ALIAS", length = 2000, nullable = false, updatable = false)
    @Convert(converter = EscapedText.class)
    private String alias;

    @Column(name = "SUBJECT", length = 2000, nullable = false, updatable = false)
    @Convert(converter = EscapedText.class)
    private String subject;

    @Column(name = "USER_ID", length = 255, nullable = false)
    String userId;

    @Column(name = "GRANT_STATE", length = 32, nullable = false)
    String state = GrantState.ABSENT.name();

    /**
     * The grant id while this row holds the grant, else the row's own id. Unique: two people never hold one grant, even
     * if two nodes record at the same moment. Never null, since databases differ in how they count nulls.
     */
    @Column(name = "HOLDS", length = 255, nullable = false)
    String holds;

    @Column(name = "EXPECTED", length = 4000)
    @Convert(converter = EscapedText.class)
    String expected;

    @Embedded
    Handover handover = new Handover();

    @Embedded
    ConnectedGrant grant;

    @Embedded
    LastFailure failure;

    @Embedded
    Projection projection = new Projection();

    @Column(name = "EXPIRED_AT")
    Long expiredAt;

    @Column(name = "LEAVING_SINCE")
    Long leavingSince;

    protected GrantEntity() {}

    GrantEntity(Mailbox mailbox, String userId) {
        this.id = UUID.randomUUID().toString();
        this.keyHash = mailbox.hash();
        this.realmId = mailbox.realmId();
        this.alias = mailbox.alias();
        this.subject = mailbox.subject();
        this.userId = userId;
        this.holds = id;
    }

    public String id() {
        return id;
    }

    public Mailbox mailbox() {
        return new Mailbox(realmId, alias, subject);
    }

    public String userId() {
        return userId;
    }

    /** Empty where a newer version of the extension wrote a state that this one does not know. */
    public Optional<GrantState> state() {
        return GrantState.of(state);
    }

    public boolean is(GrantState other) {
        return other.name().equals(state);
    }

    public Optional<ConnectedGrant> grant() {
        return Optional.ofNullable(grant).filter(known -> known.grantId() != null);
    }

    /**
     * The grant that the user's attribute and tokens show: the one this row holds, working or waiting for its owner to
     * sign in again.
     */
    public Optional<ConnectedGrant> shownGrant() {
        return grant().filter(known -> holds.equals(known.grantId()))
                .filter(known -> is(GrantState.CONNECTED) || is(GrantState.RECONNECT));
    }

    public Optional<LastFailure> failure() {
        return Optional.ofNullable(failure);
    }

    public boolean isHandoverDue() {
        return handover.isDue();
    }

    public Optional<SealedToken> waitingToken() {
        return handover.token();
    }

    public int attempts() {
        return handover.attempts;
    }

    public Optional<Long> nextAttemptAt() {
        return Optional.ofNullable(handover.nextAt);
    }

    public boolean isProjectionDue() {
        return projection.due;
    }

    /** Whether a lease is still the one that was given out: only then may its holder record what came of it. */
    public boolean isLeasedBy(String leaseToken) {
        return leaseToken.equals(handover.leaseToken);
    }

    /** Whether somebody is calling Nylas for this row now, as far as leases tell. */
    public boolean isInFlight(long now) {
        return handover.isLeased(now);
    }

    public ExpectedIdentity expectedIdentity() {
        return ExpectedIdentityJson.read(expected);
    }
}
