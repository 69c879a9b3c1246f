package io.github.keycloaknylas.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** One step of a delivery worker: a handover, a deletion, a look at a grant, or the remaining tasks when neither is due. */
final class DeliveryWork implements DeliveryWorkers.Work {

    /** How often deletions and notices get a turn while handovers are constantly due. */
    private static final long OTHERS_INTERVAL = Duration.ofSeconds(1).toMillis();

    private final CaptureMerger merger;
    private final HandoverStep handover;
    private final DeletionStep deletion;
    private final NoticeProcessor notices;
    private final EvidenceProcessor evidence;
    private final AttributeSync attributes;
    private final InstantSource clock;
    private final AtomicLong othersAt = new AtomicLong();

    DeliveryWork(
            CaptureMerger merger,
            HandoverStep handover,
            DeletionStep deletion,
            NoticeProcessor notices,
            EvidenceProcessor evidence,
            AttributeSync attributes,
            InstantSource clock) {
        this.merger = merger;
        this.handover = handover;
        this.deletion = deletion;
        this.notices = notices;
        this.evidence = evidence;
        this.attributes = attributes;
        this.clock = clock;
    }

    @Override
    public boolean workOnce() throws InterruptedException {
        merger.merge();
        boolean handedOver = handover.run();
        boolean othersToo = !handedOver || isTurnOfOthers();
        boolean deleted = othersToo && deletion.run();
        boolean looked = othersToo && notices.process();
        if (!handedOver && !deleted && !looked) {
            evidence.process();
            attributes.writeDue();
        }
        return handedOver || deleted || looked;
    }

    private boolean isTurnOfOthers() {
        long now = clock.millis();
        long next = othersAt.get();
        return now >= next && othersAt.compareAndSet(next, now + OTHERS_INTERVAL);
    }
}
