package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A notice, and whether Nylas has been asked about its grant since. */
@Entity
@Table(name = "NYLAS_NOTICE")
public class NoticeEntity {

    @Id
    @Column(name = "NOTICE_HASH", length = 64)
    private String hash;

    @Column(name = "WEBHOOK_ID", length = 100, nullable = false, updatable = false)
    private String webhookId;

    @Column(name = "GRANT_HASH", length = 64, nullable = false, updatable = false)
    private String grantHash;

    @Column(name = "API_URL", length = 2000, nullable = false, updatable = false)
    @Convert(converter = EscapedText.class)
    private String apiUrl;

    @Column(name = "APPLICATION_ID", length = 255, nullable = false, updatable = false)
    private String application;

    @Column(name = "GRANT_ID", length = 255, nullable = false, updatable = false)
    private String grantId;

    @Column(name = "NOTICE_TYPE", length = 40, nullable = false, updatable = false)
    private String type;

    @Column(name = "EVENT_AT", updatable = false)
    private Long eventAt;

    @Column(name = "RECEIVED_AT", nullable = false, updatable = false)
    private long receivedAt;

    @Column(name = "NEXT_AT")
    private Long nextAt;

    @Column(name = "ATTEMPTS", nullable = false)
    private int attempts;

    @Column(name = "LEASE_TOKEN", length = 36)
    private String leaseToken;

    @Column(name = "DONE_AT")
    private Long doneAt;

    protected NoticeEntity() {}

    NoticeEntity(Notice notice, long now) {
        this.hash = notice.hash();
        this.webhookId = notice.webhookId();
        this.grantHash = notice.grant().hash();
        this.apiUrl = notice.grant().apiUrl();
        this.application = notice.grant().application();
        this.grantId = notice.grant().grantId();
        this.type = notice.type();
        this.eventAt = notice.eventAt();
        this.receivedAt = now;
        this.nextAt = now;
    }

    NoticedGrant grant() {
        return new NoticedGrant(apiUrl, application, grantId);
    }
}
