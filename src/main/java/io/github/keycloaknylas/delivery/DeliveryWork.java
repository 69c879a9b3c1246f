package io.github.keycloaknylas.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One step of a delivery worker: a handover, a deletion, or what is left to do when neither is due. */
final class DeliveryWork implements DeliveryWorkers.Work {

    /** How often deletions get their turn while handovers are due all the time. */
    private static final long DELETION_INTERVAL = Duration.ofSeconds(1).toMillis();

    private final CaptureMerger merger;
    private final RowLeases leases;
    private final Preparation preparation;
    private final HandoverCall handovers;
    private final DeletionQueue queue;
    private final DeletionCall deletions;
    private final EvidenceProcessor evidence;
    private final AttributeSync attributes;
    private final InstantSource clock;
    private final AtomicLong nextDeletionAt = new AtomicLong();

    DeliveryWork(
            CaptureMerger merger,
            RowLeases leases,
            Preparation preparation,
            HandoverCall handovers,
            DeletionQueue queue,
            DeletionCall deletions,
            EvidenceProcessor evidence,
            AttributeSync attributes,
            InstantSource clock) {
        this.merger = merger;
        this.leases = leases;
        this.preparation = preparation;
        this.handovers = handovers;
        this.queue = queue;
        this.deletions = deletions;
        this.evidence = evidence;
        this.attributes = attributes;
        this.clock = clock;
    }

    @Override
    public boolean workOnce() throws InterruptedException {
        merger.merge();
        boolean handedOver = handOverNext();
        boolean deleted = (!handedOver || isTurnOfDeletions()) && deleteNext();
        if (!handedOver && !deleted) {
            evidence.process();
            attributes.writeDue();
        }
        return handedOver || deleted;
    }

    private boolean handOverNext() throws InterruptedException {
        Optional<LeasedRow> leased = leases.next();
        if (leased.isEmpty()) {
            return false;
        }
        Optional<PreparedHandover> prepared = preparation.prepare(leased.get());
        if (prepared.isPresent()) {
            handovers.make(prepared.get());
            attributes.write(leased.get().rowId());
        }
        return true;
    }

    private boolean deleteNext() throws InterruptedException {
        Optional<LeasedDeletion> leased = queue.next();
        if (leased.isPresent()) {
            deletions.make(leased.get());
        }
        return leased.isPresent();
    }

    private boolean isTurnOfDeletions() {
        long now = clock.millis();
        long next = nextDeletionAt.get();
        return now >= next && nextDeletionAt.compareAndSet(next, now + DELETION_INTERVAL);
    }
}
