package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.mail.Microsoft;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** What a worker does in one step, and in which order. */
class DeliveryWorkTest {

    private final CaptureMerger merger = mock(CaptureMerger.class);
    private final RowLeases leases = mock(RowLeases.class);
    private final Preparation preparation = mock(Preparation.class);
    private final HandoverCall handovers = mock(HandoverCall.class);
    private final DeletionQueue queue = mock(DeletionQueue.class);
    private final DeletionCall deletions = mock(DeletionCall.class);
    private final NoticeProcessor notices = mock(NoticeProcessor.class);
    private final EvidenceProcessor evidence = mock(EvidenceProcessor.class);
    private final AttributeSync attributes = mock(AttributeSync.class);
    private final ManualClock clock = new ManualClock();
    private final DeliveryWork work = new DeliveryWork(
            merger,
            new HandoverStep(leases, preparation, handovers, attributes),
            new DeletionStep(queue, deletions),
            notices,
            evidence,
            attributes,
            clock);

    private final LeasedRow row = new LeasedRow(new Lease("row", "token", "lane", 7), () -> {});
    private final PreparedHandover handover = new PreparedHandover(
            row,
            new PreparedHandover.SignIn(
                    DeliveryFixture.mailbox("ada"), new Microsoft(), "realm", "ada", DeliveryFixture.identity("ada")),
            null,
            new PreparedHandover.Token("token", 1),
            new PreparedHandover.FailedCalls(0, 0),
            new PreparedHandover.Mapper(Set.of(), "nylas_grant_id"));
    private final LeasedDeletion deletion = mock(LeasedDeletion.class);

    private void handoverIsDue() {
        when(leases.next()).thenReturn(Optional.of(row));
        when(preparation.prepare(row)).thenReturn(Optional.of(handover));
    }

    private void deletionIsDue() {
        when(queue.next()).thenReturn(Optional.of(deletion));
    }

    @Test
    void whatIsMarkedIsMergedBeforeTheLookAndTheAttributeWrittenAfterTheCall() throws Exception {
        handoverIsDue();

        assertThat(work.workOnce()).isTrue();

        InOrder order = inOrder(merger, leases, handovers, attributes);
        order.verify(merger).merge();
        order.verify(leases).next();
        order.verify(handovers).make(handover);
        order.verify(attributes).write(handover);
    }

    @Test
    void aRowThatWasPutBackIsFollowedByAnotherLook() throws Exception {
        when(leases.next()).thenReturn(Optional.of(row));

        assertThat(work.workOnce()).isTrue();

        verify(handovers, never()).make(any());
    }

    @Test
    void evidenceAndAttributesHaveTheirTurnWhenNothingElseIsDue() throws Exception {
        assertThat(work.workOnce()).isFalse();

        verify(evidence).process();
        verify(attributes).writeDue();
    }

    @Test
    void deletionsAreMadeWhenNoHandoverIsDue() throws Exception {
        deletionIsDue();

        assertThat(work.workOnce()).isTrue();
        assertThat(work.workOnce()).isTrue();

        verify(deletions, times(2)).make(deletion);
        verify(evidence, never()).process();
    }

    @Test
    void deletionsHaveATurnEachSecondWhileHandoversAreDueAllTheTime() throws Exception {
        handoverIsDue();
        deletionIsDue();

        for (int i = 0; i < 10; i++) {
            work.workOnce();
        }
        verify(deletions, times(1)).make(deletion);
        clock.forward(Duration.ofSeconds(1));
        work.workOnce();

        verify(deletions, times(2)).make(deletion);
        verify(handovers, times(11)).make(handover);
    }

    @Test
    void grantsThatNylasNotifiedOfAreLookedAtWhenNoHandoverIsDue() throws Exception {
        when(notices.process()).thenReturn(true);

        assertThat(work.workOnce()).isTrue();

        verify(evidence, never()).process();
    }

    @Test
    void noticesHaveATurnEachSecondWhileHandoversAreDueAllTheTime() throws Exception {
        handoverIsDue();

        for (int i = 0; i < 10; i++) {
            work.workOnce();
        }
        verify(notices, times(1)).process();
        clock.forward(Duration.ofSeconds(1));
        work.workOnce();

        verify(notices, times(2)).process();
    }

    @Test
    void deletionsDoNotHoldUpNotices() throws Exception {
        deletionIsDue();

        work.workOnce();

        verify(deletions).make(deletion);
        verify(notices).process();
    }
}
