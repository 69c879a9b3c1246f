package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/** The workers of one node, step by step: what its threads do, in whatever order a test likes. */
public final class FakeNode {

    public static final Duration LEASE = DeliveryFixture.LEASE;
    public static final Duration GRACE = DeliveryFixture.GRACE;
    public static final Duration RETENTION = DeliveryFixture.SETTINGS.retention();
    /** Between two passes of the reconciliation. */
    public static final Duration INTERVAL = Duration.ofHours(6);

    /** Notices of more grants wait for a pass: few enough to happen in a small world. */
    private static final int MOST_NOTICES = 2;

    private static final DeliverySettings SETTINGS = DeliveryFixture.SETTINGS;
    private static final ReconciliationSettings RECONCILIATION = new ReconciliationSettings(INTERVAL, 2, 5);
    private static final Logger LOG = Logger.getLogger(FakeNode.class);

    /** A row that a worker of this node has leased. */
    public record Leased(LeasedRow row) {

        public String rowId() {
            return row.rowId();
        }
    }

    /** A row that is ready to be handed over. */
    public record Prepared(Leased leased, PreparedHandover handover) {

        public String token() {
            return handover.token().text();
        }

        public String userId() {
            return handover.signIn().userId();
        }
    }

    /** A deletion that a worker of this node has leased. */
    public record Deletion(LeasedDeletion leased) {

        public String grantId() {
            return leased.grantId();
        }
    }

    private final DeliveryParts parts;
    private final Queue<PreparedHandover> recorded = new ArrayDeque<>();
    private final Reconciliation reconciliation;

    public FakeNode(KeycloakSessionFactory factory, NylasClient nylas, FakeKeycloak keycloak, InstantSource clock) {
        Transactions transactions = new Transactions(factory);
        ThrottledWarnings warnings = new ThrottledWarnings(LOG, clock);
        Timing timing = new Timing(clock, new Backoff(() -> 0.5), DeliveryFixture.unlimited());
        parts = new DeliveryParts(
                new KeycloakStores(
                        transactions,
                        keycloak.links(),
                        keycloak.eligibility(),
                        keycloak.attributes(),
                        (session, realm, change) -> {}),
                nylas,
                SETTINGS,
                timing,
                warnings,
                new NoticeBacklog(MOST_NOTICES, true),
                "!");
        reconciliation =
                new ReconciliationParts(transactions, parts, SETTINGS, RECONCILIATION, timing, warnings).reconciliation;
    }

    public void merge() {
        parts.merger.merge();
    }

    public Optional<Leased> lease() {
        return parts.leases.next().map(Leased::new);
    }

    public Optional<Prepared> prepare(Leased leased) {
        return parts.preparation.prepare(leased.row()).map(handover -> new Prepared(leased, handover));
    }

    /** Calls and records the result, up to the moment before the attributes are written. */
    public void handOver(Prepared prepared) {
        try {
            parts.handovers.make(prepared.handover());
            recorded.add(prepared.handover());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void processEvidence() {
        parts.evidence.process();
    }

    /** Writes the attributes after the handovers of this node, then those that are due for any node. */
    public void syncAttributes() {
        for (PreparedHandover next = recorded.poll(); next != null; next = recorded.poll()) {
            parts.attributes.write(next);
        }
        parts.attributes.writeDue();
    }

    public void cleanUp() {
        parts.cleanup.run();
    }

    /** Looks again at all accounts: the tables of these tests are no longer than one step of the sweep. */
    public void sweep() {
        parts.sweep.step();
    }

    public Optional<Deletion> leaseDeletion() {
        return parts.deletionQueue.next().map(Deletion::new);
    }

    public void delete(Deletion deletion) {
        try {
            parts.deletions.make(deletion.leased());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Looks at the grant whose notice has been due longest.
     *
     * @return whether one was due
     */
    public boolean processNotice() {
        try {
            return parts.notices.process();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compares the grants of the applications that are due with those at Nylas. */
    public void reconcile() {
        reconciliation.run();
    }
}
