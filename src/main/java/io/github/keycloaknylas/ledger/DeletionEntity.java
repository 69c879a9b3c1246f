package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A grant that is to be deleted at Nylas. The row outlives the deletion by a few days, so that a late response is never
 * recorded for a deleted grant.
 */
@Entity
@Table(name = "NYLAS_DELETION")
public class DeletionEntity {

    @Id
    @Column(name = "GRANT_HASH", length = 64)
    private String grantHash;

    @Version
    @Column(name = "ROW_VERSION", nullable = false)
    private int version;

    @Column(name = "GRANT_ID", length = 255, nullable = false, updatable = false)
    private String grantId;

    @Column(name = "REASON", length = 32, nullable = false)
    private String reason;

    @Embedded
    private Mailbox mailbox;

    @Column(name = "PROVIDER_HASH", length = 64)
    private String providerHash;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "EMAIL", length = 2000)
    @Convert(converter = EscapedText.class)
    private String email;

    @Column(name = "PROVIDER_USER_ID", length = 255)
    @Convert(converter = EscapedText.class)
    private String providerUserId;

    @Embedded
    private GrantConnection connection;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "DUE_AT", nullable = false)
    private long dueAt;

    @Column(name = "CONFIRMED_AT")
    private Long confirmedAt;

    @Column(name = "DONE_AT")
    private Long doneAt;

    @Column(name = "LANE", length = 64)
    private String lane;

    /** The end of the lease while a worker holds it, so that leased rows are not found. */
    @Column(name = "NEXT_AT")
    private Long nextAt;

    @Column(name = "ATTEMPTS", nullable = false)
    private int attempts;

    @Column(name = "LEASE_TOKEN", length = 36)
    private String leaseToken;

    @Column(name = "LEASE_UNTIL")
    private Long leaseUntil;

    @Embedded
    private LastFailure failure;

    protected DeletionEntity() {}

    DeletionEntity(GrantEntity row, ConnectedGrant grant, DeletionReason reason, long dueAt, long now) {
        this.grantHash = grant.hash();
        this.grantId = grant.grantId();
        this.email = grant.email();
        this.providerUserId = grant.providerUserId();
        this.connection = grant.connection();
        queue(row, reason, dueAt, now);
    }

    /** Queues a grant again whose earlier deletion was cancelled or is done. */
    final void queue(GrantEntity row, DeletionReason why, long due, long now) {
        this.reason = why.name();
        this.mailbox = row.mailbox();
        this.providerHash = row.mailbox().providerHash();
        this.userId = row.userId();
        this.createdAt = now;
        this.dueAt = due;
        this.nextAt = due;
        this.lane = connection.hash();
        this.attempts = 0;
        this.doneAt = null;
        this.confirmedAt = null;
        this.failure = null;
    }

    /** The primary key: hash of API URL, application and grant ID. */
    public String grantHash() {
        return grantHash;
    }

    /** Nylas' ID of the grant. */
    public String grantId() {
        return grantId;
    }

    /** The mailbox that held the grant. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** The user who held the grant. */
    public String userId() {
        return userId;
    }

    /** Address of the mailbox, or null. */
    public String email() {
        return email;
    }

    /** Why it is deleted, as stored. */
    public String reason() {
        return reason;
    }

    /** When its grace period is over, in milliseconds since the epoch. */
    public long dueAt() {
        return dueAt;
    }

    /** The application the grant belongs to. */
    public GrantConnection connection() {
        return connection;
    }

    /** Hashes under which other rows that want the same mailbox are found. */
    public Set<String> identityHashes(MailProvider provider) {
        return ExpectedIdentity.hashes(providerUserId, email, provider);
    }

    /** Returns whether the grant is the mailbox of this person. */
    public boolean fits(ExpectedIdentity person, MailProvider provider) {
        return person.fits(providerUserId, email, provider);
    }

    /** Returns whether a mailbox was lost; otherwise it has received another grant. */
    public boolean isLoss() {
        return DeletionReason.UNLINKED.name().equals(reason)
                || DeletionReason.MOVED.name().equals(reason)
                || isOfIneligibleUser();
    }

    /** Returns whether the account may still be linked: its user was no longer eligible. */
    public boolean isOfIneligibleUser() {
        return DeletionReason.INELIGIBLE.name().equals(reason);
    }

    /** Records that an administrator has confirmed the deletion. */
    void confirmed(long now) {
        confirmedAt = now;
    }

    /** Why the grant is deleted, as the history says it. */
    String reasonCode() {
        return reason.toLowerCase(Locale.ROOT);
    }

    /** Returns whether an administrator has confirmed the deletion, so that the limit for a provider does not apply. */
    public boolean isConfirmed() {
        return confirmedAt != null;
    }

    /** Returns whether the grant is deleted. */
    public boolean isDone() {
        return doneAt != null;
    }

    /** Returns whether a worker is deleting the grant now, as far as leases show. */
    public boolean isLeased(long now) {
        return leaseToken != null && leaseUntil > now;
    }

    /** Returns whether the lease with this token is still held. */
    public boolean isLeasedBy(String token) {
        return token.equals(leaseToken);
    }

    /** The number of attempts that failed in a row. */
    public int attempts() {
        return attempts;
    }

    /** When it may be deleted, in milliseconds since the epoch; empty once it is. */
    public Optional<Long> nextAttemptAt() {
        return Optional.ofNullable(nextAt);
    }

    /** Why it is not deleted yet. */
    public Optional<LastFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns the lease and tries again later. */
    public void postpone(LastFailure why, long until) {
        release();
        failure = why;
        nextAt = until;
    }

    /** Does the same as {@link #postpone} after a failed call. */
    public void failed(LastFailure why, long until) {
        postpone(why, until);
        attempts++;
    }

    /** Returns the lease without an attempt. */
    public void release() {
        leaseToken = null;
        leaseUntil = null;
        nextAt = Math.max(dueAt, createdAt);
    }

    /** Records that the grant is deleted. */
    public void done(long now) {
        release();
        doneAt = now;
        nextAt = null;
        lane = null;
        failure = null;
    }
}
