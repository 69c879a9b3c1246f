package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entry of the history. Inserted in the transaction of the change that it describes; it outlives the mailbox. */
@Entity
@Table(name = "NYLAS_HISTORY")
public class HistoryEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 255, nullable = false, updatable = false)
    private String realmId;

    /** Hash of the mailbox, as in NYLAS_GRANT. */
    @Column(name = "KEY_HASH", length = 64, nullable = false)
    private String keyHash;

    @Column(name = "ALIAS", length = 2000)
    @Convert(converter = EscapedText.class)
    private String alias;

    @Column(name = "USER_ID", length = 255, nullable = false, updatable = false)
    private String userId;

    @Column(name = "USER_HASH", length = 64, nullable = false, updatable = false)
    private String userHash;

    @Column(name = "GRANT_ID", length = 255, updatable = false)
    private String grantId;

    @Column(name = "EVENT_TYPE", length = 32, nullable = false, updatable = false)
    private String event;

    @Column(name = "REASON", length = 40, updatable = false)
    private String reason;

    @Column(name = "SOURCE", length = 32, nullable = false, updatable = false)
    private String source;

    @Column(name = "HAPPENED_AT", nullable = false, updatable = false)
    private long at;

    protected HistoryEntity() {}

    HistoryEntity(Mailbox mailbox, String userId, String grantId, HistoryEvent event, HistoryCause cause, long now) {
        this.id = TimeOrderedId.next(now);
        this.realmId = mailbox.realmId();
        this.keyHash = mailbox.hash();
        this.alias = mailbox.alias();
        this.userId = userId;
        this.userHash = UserHash.of(mailbox.realmId(), userId);
        this.grantId = grantId;
        this.event = event.name();
        this.reason = cause.reason();
        this.source = cause.source().code;
        this.at = now;
    }
}
