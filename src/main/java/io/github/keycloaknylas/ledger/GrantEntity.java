package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;
import java.util.UUID;

/** A mailbox and its grant. Written by workers only, each change in a short transaction under its version. */
@Entity
@Table(name = "NYLAS_GRANT")
public class GrantEntity {

    private static final String SIGN_IN = "SIGN_IN";
    static final String BACKFILL = "BACKFILL";

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Version
    @Column(name = "ROW_VERSION", nullable = false)
    private int version;

    @Column(name = "KEY_HASH", length = 64, nullable = false)
    private String keyHash;

    /** Where the first token came from. */
    @Column(name = "ORIGIN", length = 32, nullable = false, updatable = false)
    private String origin = SIGN_IN;

    @Embedded
    private Mailbox mailbox;

    @Column(name = "PROVIDER_HASH", length = 64)
    private String providerHash;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "USER_HASH", length = 64, nullable = false)
    private String userHash;

    @Column(name = "GRANT_STATE", length = 32, nullable = false)
    String state = GrantState.ABSENT.name();

    @Column(name = "STATE_AT", nullable = false)
    long stateAt;

    @Column(name = "EXPIRED_AT")
    Long expiredAt;

    /** Since when the link to the account has been missing although no event reported its removal. */
    @Column(name = "LINK_GONE_AT")
    Long linkGoneAt;

    @Column(name = "EXPECTED", length = 4000)
    @Convert(converter = EscapedText.class)
    String expected;

    @Embedded
    Handover handover = new Handover();

    @Embedded
    ConnectedGrant grant;

    /** Key of the grant while this mailbox holds it; null for a grant that was held back. */
    @Column(name = "GRANT_HASH", length = 64)
    String grantHash;

    /**
     * Hash of the API URL and application of the grant that this mailbox holds; null for a row that an earlier version
     * of the extension wrote.
     */
    @Column(name = "CONNECTION_HASH", length = 64)
    String connectionHash;

    /** The address of the mailbox as administrators search it. */
    @Column(name = "ADDRESS_KEY", length = 255)
    private String addressKey;

    /** What an administrator accepted: the grant and the mailbox that it was at that time. */
    @Column(name = "ACCEPTED_HASH", length = 64)
    String acceptedHash;

    @Embedded
    LastFailure failure;

    @Embedded
    SyncedAttribute attribute = new SyncedAttribute();

    protected GrantEntity() {}

    /** A row without a grant, which {@link Ledger#save} inserts. */
    public GrantEntity(Mailbox mailbox, String userId, long now) {
        this.id = UUID.randomUUID().toString();
        this.stateAt = now;
        moveTo(mailbox);
        belongTo(userId);
    }

    /** A row without a grant for a mailbox that the backfill found, which {@link Ledger#save} inserts. */
    public static GrantEntity backfilled(Mailbox mailbox, String userId, long now) {
        GrantEntity row = new GrantEntity(mailbox, userId, now);
        row.origin = BACKFILL;
        return row;
    }

    /** Moves the row to another alias after Keycloak renamed the provider. */
    void under(String newAlias) {
        moveTo(new Mailbox(mailbox.realmId(), newAlias, mailbox.subject()));
    }

    private void moveTo(Mailbox other) {
        this.mailbox = other;
        this.keyHash = other.hash();
        this.providerHash = other.providerHash();
    }

    /** The address that Nylas reports, or else the one that the sign-in named. */
    @PrePersist
    @PreUpdate
    void indexAddress() {
        addressKey = grant().map(ConnectedGrant::email)
                .or(() -> expectedIdentity().address())
                .map(AddressKey::of)
                .orElse(null);
    }

    void belongTo(String user) {
        this.userId = user;
        this.userHash = UserHash.of(mailbox.realmId(), user);
    }

    /** The primary key, a UUID. */
    public String id() {
        return id;
    }

    /** The mailbox this row belongs to. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** The user who signed in to this mailbox last. */
    public String userId() {
        return userId;
    }

    /** The state; empty if a newer version of the extension wrote one that is unknown to this version. */
    public Optional<GrantState> state() {
        return GrantState.of(state);
    }

    /** Returns whether a newer version of the extension wrote a state that is unknown to this version. */
    public boolean isInUnknownState() {
        return state().isEmpty();
    }

    /** Returns whether this is the state of the mailbox. */
    public boolean is(GrantState other) {
        return other.name().equals(state);
    }

    /** The grant that Nylas returned last, whether this mailbox holds it or not. */
    public Optional<ConnectedGrant> grant() {
        return Optional.ofNullable(grant).filter(known -> known.grantId() != null);
    }

    /** The grant that this mailbox holds, in whatever state. */
    public Optional<ConnectedGrant> ownGrant() {
        return grant().filter(known -> grantHash != null);
    }

    /** Returns whether an administrator accepted this grant, while it is the mailbox that it was then. */
    public boolean isAccepted(ConnectedGrant other) {
        return other.mailboxHash().equals(acceptedHash);
    }

    /** Adopts a row that an earlier version of the extension wrote, so that reconciliation finds it. */
    void findableByConnection() {
        connectionHash = grant.connection().hash();
    }

    /** The grant that the user's attribute and tokens show: one that works or waits for a new sign-in. */
    public Optional<ConnectedGrant> shownGrant() {
        return ownGrant().filter(known -> is(GrantState.CONNECTED) || is(GrantState.RECONNECT));
    }

    /** What the user's status attribute says of this mailbox; empty if there is nothing to say. */
    public Optional<ShownStatus> shownStatus() {
        return state().flatMap(ShownStatus::in);
    }

    /** Why the last attempt failed, until one succeeds. */
    public Optional<LastFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns whether a token waits to be handed over. */
    public boolean isHandoverDue() {
        return handover.isDue();
    }

    /** The token that waits to be handed over. */
    public Optional<SealedToken> waitingToken() {
        return handover.token();
    }

    /** The number of temporary failures in a row. */
    public int attempts() {
        return handover.attempts;
    }

    /** The number of calls in a row that were refused for this mailbox alone. */
    public int refusals() {
        return handover.refusals;
    }

    /** When the next call may be made, in milliseconds since the epoch; empty if none is planned. */
    public Optional<Long> nextAttemptAt() {
        return Optional.ofNullable(handover.nextAt);
    }

    /** Returns whether the user's attribute still has to be written. */
    public boolean isAttributeDue() {
        return attribute.due;
    }

    /** How often in a row the attribute could not be written. */
    public int attributeAttempts() {
        return attribute.attempts;
    }

    /**
     * Returns whether the lease on the user's attribute is still the one that ends at this time: only its
     * holder writes.
     */
    public boolean isAttributeLeasedUntil(long until) {
        return attribute.due && attribute.at == until;
    }

    /** The attribute that this row was written to last, if its grant ID or status was. */
    public Optional<WrittenAttribute> writtenAttribute() {
        return Optional.ofNullable(attribute.name)
                .map(name -> new WrittenAttribute(attribute.userId, name, attribute.value));
    }

    /**
     * Returns whether the lease with this token is still held: only then may its holder record the result of the call.
     */
    public boolean isLeasedBy(String leaseToken) {
        return leaseToken.equals(handover.leaseToken);
    }

    /** Returns whether a worker is calling Nylas for this row now, as far as leases show. */
    public boolean isInFlight(long now) {
        return handover.isLeased(now);
    }

    /** Returns whether a call may have made a grant whose ID was never received. */
    public boolean mayHaveAnUnknownGrant() {
        return grant().isEmpty()
                && (handover.leaseToken != null
                        || failure().filter(LastFailure::isInconclusive).isPresent());
    }

    /** Returns whether there is a grant, or a token that waits to become one. */
    public boolean hasSomethingToLose() {
        return ownGrant().isPresent() || handover.isDue();
    }

    /** Returns whether nothing is left to hand over, to show or to take back. */
    public boolean isEmpty() {
        return is(GrantState.ABSENT)
                && grant().isEmpty()
                && !handover.isDue()
                && handover.leaseToken == null
                && !attribute.due;
    }

    /** Since when the link has been missing without an event, in milliseconds since the epoch. */
    public Optional<Long> linkGoneAt() {
        return Optional.ofNullable(linkGoneAt);
    }

    /** The person who signed in, for comparison with Nylas' response. */
    public ExpectedIdentity expectedIdentity() {
        return ExpectedIdentityJson.read(expected);
    }
}
