package io.github.keycloaknylas.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** One step of a delivery worker: a handover, a deletion, or the remaining tasks when neither is due. */
final class DeliveryWork implements DeliveryWorkers.Work {

    /** How often deletions get a turn while handovers are constantly due. */
    private static final long DELETION_INTERVAL = Duration.ofSeconds(1).toMillis();

    private final CaptureMerger merger;
    private final HandoverStep handover;
    private final DeletionStep deletion;
    private final EvidenceProcessor evidence;
    private final AttributeSync attributes;
    private final InstantSource clock;
    private final AtomicLong nextDeletionAt = new AtomicLong();

    DeliveryWork(
            CaptureMerger merger,
            HandoverStep handover,
            DeletionStep deletion,
            EvidenceProcessor evidence,
            AttributeSync attributes,
            InstantSource clock) {
        this.merger = merger;
        this.handover = handover;
        this.deletion = deletion;
        this.evidence = evidence;
        this.attributes = attributes;
        this.clock = clock;
    }

    @Override
    public boolean workOnce() throws InterruptedException {
        merger.merge();
        boolean handedOver = handover.run();
        boolean deleted = (!handedOver || isTurnOfDeletions()) && deletion.run();
        if (!handedOver && !deleted) {
            evidence.process();
            attributes.writeDue();
        }
        return handedOver || deleted;
    }

    private boolean isTurnOfDeletions() {
        long now = clock.millis();
        long next = nextDeletionAt.get();
        return now >= next && nextDeletionAt.compareAndSet(next, now + DELETION_INTERVAL);
    }
}
