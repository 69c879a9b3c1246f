package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.EscapedText;
import io.github.keycloaknylas.links.StoredLinks;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** The last run over the links of one identity provider. Times are milliseconds since the epoch. */
@Entity
@Table(name = "NYLAS_BACKFILL")
public class BackfillEntity {

    @Id
    @Column(name = "PROVIDER_HASH", length = 64)
    private String hash;

    @Version
    @Column(name = "ROW_VERSION", nullable = false)
    private int version;

    @Column(name = "REALM_ID", length = 255, nullable = false)
    private String realmId;

    @Column(name = "ALIAS", length = 2000, nullable = false)
    @Convert(converter = EscapedText.class)
    private String alias;

    @Column(name = "STATE", length = 32, nullable = false)
    private String state;

    @Column(name = "DRY_RUN", nullable = false)
    private boolean dryRun;

    @Column(name = "RATE", nullable = false)
    private int rate;

    @Column(name = "LAST_USER_ID", length = 255, nullable = false)
    private String lastUserId;

    @Column(name = "TOTAL_COUNT", nullable = false)
    private long total;

    @Column(name = "WALKED_COUNT", nullable = false)
    private long walked;

    @Column(name = "QUEUED_COUNT", nullable = false)
    private long queued;

    @Column(name = "SKIPPED_COUNTS", length = 2000, nullable = false)
    private String skipped;

    @Column(name = "WAITS_FOR", length = 40)
    private String waitsFor;

    @Column(name = "LEASE_TOKEN", length = 36)
    private String leaseToken;

    @Column(name = "LEASE_UNTIL")
    private Long leaseUntil;

    @Column(name = "STARTED_AT", nullable = false)
    private long startedAt;

    @Column(name = "STARTED_BY", length = 255, nullable = false)
    private String startedBy;

    @Column(name = "UPDATED_AT", nullable = false)
    private long updatedAt;

    @Column(name = "ENDED_AT")
    private Long endedAt;

    protected BackfillEntity() {}

    BackfillEntity(BackfillOrder order) {
        this.hash = hash(order.realmId(), order.alias());
        this.realmId = order.realmId();
        this.alias = order.alias();
    }

    static String hash(String realmId, String alias) {
        return Digests.sha256(realmId, alias);
    }

    /** Begins a run at the first link. */
    void start(BackfillOrder order, long links, long now) {
        state = BackfillState.RUNNING.name();
        dryRun = order.dryRun();
        rate = order.rate();
        lastUserId = StoredLinks.START;
        total = links;
        record(BackfillCounts.NONE);
        waitsFor = null;
        leaseToken = null;
        leaseUntil = null;
        startedAt = now;
        startedBy = order.administrator();
        updatedAt = now;
        endedAt = null;
    }

    /** Records a page of links and where the next one begins. */
    void walked(BackfillCounts page, Optional<String> next, long now) {
        record(counts().plus(page));
        waitsFor = null;
        updatedAt = now;
        next.ifPresentOrElse(position -> lastUserId = position, () -> end(BackfillState.DONE, now));
    }

    private void record(BackfillCounts counts) {
        walked = counts.walked();
        queued = counts.queued();
        skipped = SkippedJson.write(counts.skipped());
    }

    /** Records why no page is read now. */
    void waitFor(String reason, long now) {
        waitsFor = reason;
        updatedAt = now;
    }

    /** Ends the run. Its lease goes with it, so that whoever has it stops. */
    void end(BackfillState as, long now) {
        state = as.name();
        waitsFor = null;
        leaseToken = null;
        leaseUntil = null;
        updatedAt = now;
        endedAt = now;
    }

    String lastUserId() {
        return lastUserId;
    }

    String realmId() {
        return realmId;
    }

    /** The alias of the identity provider. */
    public String alias() {
        return alias;
    }

    /** The state; empty if a newer version of the extension wrote one that is unknown to this version. */
    public Optional<BackfillState> state() {
        return BackfillState.of(state);
    }

    /** Returns whether links are left to look at. */
    public boolean isRunning() {
        return BackfillState.RUNNING.name().equals(state);
    }

    /** Whether links are only counted. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Tokens to queue per second. */
    public int rate() {
        return rate;
    }

    /** The number of links when the run began. */
    public long total() {
        return total;
    }

    /** What was found so far. */
    public BackfillCounts counts() {
        return new BackfillCounts(walked, queued, SkippedJson.read(skipped));
    }

    /** Why the run waits, as a code; empty while it makes progress. */
    public Optional<String> waitsFor() {
        return Optional.ofNullable(waitsFor);
    }

    /** When the run began. */
    public long startedAt() {
        return startedAt;
    }

    /** ID of the administrator who started it. */
    public String startedBy() {
        return startedBy;
    }

    /** When it was last changed. */
    public long updatedAt() {
        return updatedAt;
    }

    /** When it ended. */
    public Optional<Long> endedAt() {
        return Optional.ofNullable(endedAt);
    }
}
