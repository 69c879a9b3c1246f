package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.sweep.ChangedUsers;
import io.github.keycloaknylas.sweep.LinkSweep;
import org.jboss.logging.Logger;

/**
 * Tasks that each node runs once per poll besides the deliveries. Each runs independently, so that none prevents
 * the others.
 */
final class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    private final EvidenceProcessor evidence;
    private final ChangedUsers changedUsers;
    private final AttributeSync attributes;
    private final Cleanup cleanup;
    private final LinkSweep sweep;
    private final LedgerGauges gauges;
    private final NodeHeartbeat heartbeat;

    Upkeep(
            EvidenceProcessor evidence,
            ChangedUsers changedUsers,
            AttributeSync attributes,
            Cleanup cleanup,
            LinkSweep sweep,
            LedgerGauges gauges,
            NodeHeartbeat heartbeat) {
        this.evidence = evidence;
        this.changedUsers = changedUsers;
        this.attributes = attributes;
        this.cleanup = cleanup;
        this.sweep = sweep;
        this.gauges = gauges;
        this.heartbeat = heartbeat;
    }

    void run() {
        guarded(evidence::process);
        guarded(changedUsers::look);
        guarded(attributes::writeDue);
        guarded(cleanup::run);
        guarded(sweep::step);
        guarded(gauges::update);
        guarded(heartbeat::beat);
    }

    private static void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A part of the upkeep is repeated at the next poll", e);
        }
    }
}
