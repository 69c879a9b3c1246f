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

    /** The primary key, a UUID. */
    public String id() {
        return id;
    }

    /** Whose row it is; never changes. */
    public Mailbox mailbox() {
        return new Mailbox(realmId, alias, subject);
    }

    /** The user whom the account is linked to, or was linked to last. */
    public String userId() {
        return userId;
    }

    /** Empty where a newer version of the extension wrote a state that this one does not know. */
    public Optional<GrantState> state() {
        return GrantState.of(state);
    }

    /** Whether this is its state. */
    public boolean is(GrantState other) {
        return other.name().equals(state);
    }

    /** The grant that Nylas answered with last, whoever may have it. */
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

    /** Why the last attempt failed, until one succeeds. */
    public Optional<LastFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether a token waits to be handed over. */
    public boolean isHandoverDue() {
        return handover.isDue();
    }

    /** The token that waits to be handed over. */
    public Optional<SealedToken> waitingToken() {
        return handover.token();
    }

    /** How many calls for this mailbox have come to nothing, one after the other. */
    public int attempts() {
        return handover.attempts;
    }

    /** When the next call may be made, in milliseconds since the epoch; empty if none is planned. */
    public Optional<Long> nextAttemptAt() {
        return Optional.ofNullable(handover.nextAt);
    }

    /** Whether the user's attribute is still to be written. */
    public boolean isProjectionDue() {
        return projection.due;
    }

    /** Whether the lease on the user's attribute is still the one that ends at this time: only its holder writes. */
    public boolean isProjectionLeasedUntil(long until) {
        return projection.due && projection.at == until;
    }

    /** Whether a lease is still the one that was given out: only then may its holder record what came of it. */
    public boolean isLeasedBy(String leaseToken) {
        return leaseToken.equals(handover.leaseToken);
    }

    /**
     * Whether a call may have made a grant whose id never came: nobody recorded what came of the call, or it failed in a
     * way that says nothing.
     */
    public boolean mayHaveAnUnknownGrant() {
        return grant().isEmpty()
                && (handover.leaseToken != null
                        || failure().filter(LastFailure::saysNothing).isPresent());
    }

    /** Whether somebody is calling Nylas for this row now, as far as leases tell. */
    public boolean isInFlight(long now) {
        return handover.isLeased(now);
    }

    /** Whose mailbox Nylas' answer has to be. */
    public ExpectedIdentity expectedIdentity() {
        return ExpectedIdentityJson.read(expected);
    }
}
