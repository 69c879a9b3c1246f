package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Proof that a link or a user was removed. Inserted in the transaction of the removal, never changed. */
@Entity
@Table(name = "NYLAS_EVIDENCE")
public class EvidenceEntity {

    private static final int LONGEST_TEXT = 2000;
    private static final int LONGEST_ID = 255;

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "CREATED_AT", nullable = false, updatable = false)
    private long createdAt;

    @Column(name = "EVIDENCE_TYPE", length = 32, nullable = false, updatable = false)
    private String type;

    @Column(name = "REALM_ID", length = 255, nullable = false, updatable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 255, nullable = false, updatable = false)
    private String userId;

    @Column(name = "ALIAS", length = 2000, updatable = false)
    @Convert(converter = EscapedText.class)
    private String alias;

    @Column(name = "SUBJECT", length = 2000, updatable = false)
    @Convert(converter = EscapedText.class)
    private String subject;

    @Column(name = "NEW_ALIAS", length = 2000, updatable = false)
    @Convert(converter = EscapedText.class)
    private String newAlias;

    protected EvidenceEntity() {}

    private EvidenceEntity(EvidenceType type, String realmId, String userId, long createdAt) {
        this.id = UUID.randomUUID().toString();
        this.type = type.name();
        this.realmId = realmId;
        this.userId = userId;
        this.createdAt = createdAt;
    }

    /** Creates evidence that this account was unlinked from the user. */
    public static EvidenceEntity linkRemoved(Mailbox mailbox, String userId, long now) {
        return of(EvidenceType.LINK_REMOVED, mailbox, userId, now);
    }

    /** Creates evidence that the user's link to this account has another alias now. */
    public static EvidenceEntity linkRenamed(Mailbox mailbox, String userId, String newAlias, long now) {
        EvidenceEntity evidence = of(EvidenceType.LINK_RENAMED, mailbox, userId, now);
        evidence.newAlias = newAlias;
        return evidence;
    }

    /** Creates evidence that the user was removed. */
    public static EvidenceEntity userRemoved(String realmId, String userId, long now) {
        return new EvidenceEntity(EvidenceType.USER_REMOVED, realmId, userId, now);
    }

    /** Creates evidence that an administrator confirmed that the user's link to this account is gone for good. */
    public static EvidenceEntity confirmed(Mailbox mailbox, String userId, long now) {
        return of(EvidenceType.CONFIRMED, mailbox, userId, now);
    }

    private static EvidenceEntity of(EvidenceType type, Mailbox mailbox, String userId, long now) {
        EvidenceEntity evidence = new EvidenceEntity(type, mailbox.realmId(), userId, now);
        evidence.alias = mailbox.alias();
        evidence.subject = mailbox.subject();
        return evidence;
    }

    /** Returns whether every value fits its column. To be checked before an insert that must not fail. */
    public boolean fits() {
        return Stream.of(realmId, userId).allMatch(value -> value != null && value.length() <= LONGEST_ID)
                && Stream.of(Optional.ofNullable(alias), Optional.ofNullable(subject), Optional.ofNullable(newAlias))
                        .flatMap(Optional::stream)
                        .allMatch(text -> EscapedText.escape(text).length() <= LONGEST_TEXT);
    }

    /** The primary key, a UUID. */
    public String id() {
        return id;
    }

    /** When it happened, in milliseconds since the epoch. */
    public long createdAt() {
        return createdAt;
    }

    /** The type; empty if a newer version of the extension wrote one that is unknown to this version. */
    public Optional<EvidenceType> type() {
        return EvidenceType.of(type);
    }

    /** The realm of the user. */
    public String realmId() {
        return realmId;
    }

    /** The user whose link it was, or who was removed. */
    public String userId() {
        return userId;
    }

    /** The provider's alias; null if the user was removed. */
    public String alias() {
        return alias;
    }

    /** The provider's ID of the user; null if the user was removed. */
    public String subject() {
        return subject;
    }

    /** The alias that the link has now; null unless it was renamed. */
    public String newAlias() {
        return newAlias;
    }
}
