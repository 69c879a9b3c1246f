package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** A Nylas application that holds grants of this server, and its reconciliation. Written by workers only. */
@Entity
@Table(name = "NYLAS_CONNECTION")
public class ConnectionEntity {

    @Id
    @Column(name = "CONNECTION_HASH", length = 64)
    private String hash;

    @Version
    @Column(name = "ROW_VERSION", nullable = false)
    private int version;

    @Column(name = "API_URL", length = 2000, nullable = false)
    @Convert(converter = EscapedText.class)
    private String apiUrl;

    @Column(name = "APPLICATION_ID", length = 255, nullable = false)
    private String application;

    @Column(name = "NEXT_AT", nullable = false)
    private long nextAt;

    @Column(name = "LEASE_TOKEN", length = 36)
    private String leaseToken;

    @Column(name = "LEASE_UNTIL")
    private Long leaseUntil;

    @Column(name = "ATTEMPTS", nullable = false)
    private int attempts;

    @Column(name = "RECONCILED_AT")
    private Long reconciledAt;

    @Column(name = "GRANT_COUNT")
    private Integer grants;

    @Column(name = "UNKNOWN_COUNT")
    private Integer unknown;

    @Column(name = "ALARM_AT")
    private Long alarmAt;

    @Column(name = "CONFIRMED_AT")
    private Long confirmedAt;

    @Embedded
    private LastFailure failure;

    protected ConnectionEntity() {}

    ConnectionEntity(GrantConnection connection, long nextAt) {
        this.hash = connection.hash();
        this.apiUrl = connection.apiUrl();
        this.application = connection.application();
        this.nextAt = nextAt;
    }

    /** When it is reconciled next, in milliseconds since the epoch. */
    public long nextAt() {
        return nextAt;
    }

    /** The number of passes that failed in a row. */
    public int attempts() {
        return attempts;
    }

    /** When the last pass ended, in milliseconds since the epoch. */
    public Optional<Long> reconciledAt() {
        return Optional.ofNullable(reconciledAt);
    }

    /** How many grants the application had in the last pass, and how many of them no mailbox of this server has. */
    public Optional<GrantCounts> counts() {
        return Optional.ofNullable(grants).map(all -> new GrantCounts(all, unknown));
    }

    /** Since when a pass has been waiting for an administrator, in milliseconds since the epoch. */
    public Optional<Long> alarmAt() {
        return Optional.ofNullable(alarmAt);
    }

    /** Returns whether an administrator has confirmed the differences that stopped a pass. */
    public boolean isConfirmed() {
        return alarmAt != null && confirmedAt != null;
    }

    /** Why the last pass failed. */
    public Optional<LastFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Base URL of the API. */
    public String apiUrl() {
        return apiUrl;
    }

    /** ID of the Nylas application. */
    public String application() {
        return application;
    }

    /** Returns whether a node reconciles it now, as far as leases show. */
    public boolean isLeased(long now) {
        return leaseToken != null && leaseUntil > now;
    }

    /**
     * Asks for a pass now.
     *
     * @param confirmed whether the differences that stopped the last pass are real
     */
    public void request(boolean confirmed, long now) {
        nextAt = now;
        confirmedAt = confirmed && alarmAt != null ? Long.valueOf(now) : confirmedAt;
    }

    boolean isLeasedBy(String token) {
        return token.equals(leaseToken);
    }

    /** Records the end of a pass. */
    public void reconciled(GrantCounts found, long next, long now) {
        release(next);
        reconciledAt = now;
        grants = found.grants();
        unknown = found.unknown();
        attempts = 0;
        alarmAt = null;
        confirmedAt = null;
        failure = null;
    }

    /** Records that a pass found too many differences and changed nothing. */
    public void alarmed(long next, long now) {
        release(next);
        attempts = 0;
        alarmAt = alarmAt == null ? Long.valueOf(now) : alarmAt;
        confirmedAt = null;
        failure = null;
    }

    /** Records that a pass broke off. */
    public void failed(LastFailure why, long next) {
        release(next);
        attempts++;
        failure = why;
    }

    private void release(long next) {
        leaseToken = null;
        leaseUntil = null;
        nextAt = next;
    }
}
