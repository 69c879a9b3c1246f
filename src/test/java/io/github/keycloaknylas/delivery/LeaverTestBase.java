package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Deletion;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.support.store.Engine;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;

/** Somebody has unlinked an account whose grant is connected. */
abstract class LeaverTestBase {

    static final Duration GRACE = Duration.ofHours(24);

    final Workshop shop;
    final NylasClient nylas = mock(NylasClient.class);
    final Logger log = mock(Logger.class);
    final Leaver leaver;

    LeaverTestBase(Engine engine) {
        shop = new Workshop(engine);
        leaver = leaver(new Pace(50, System::nanoTime));
    }

    final Leaver leaver(Pace pace) {
        return shop.leaver(nylas, pace, GRACE, log);
    }

    @BeforeEach
    void adaHasUnlinkedHerAccount() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("ada"));
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        answers(new Answer.Done<>(Deletion.DELETED, "request-1"));
    }

    final void answers(Answer<Deletion> answer) {
        when(nylas.deleteGrant(any(), any())).thenReturn(answer);
    }

    final void meanwhile(Runnable event) {
        when(nylas.deleteGrant(any(), any())).thenAnswer(call -> {
            event.run();
            return new Answer.Done<>(Deletion.DELETED, "request-1");
        });
    }

    final void afterTheGrace() {
        shop.clock.forward(GRACE);
        leaver.deleteDue();
    }

    final void verifyNothingDeleted() {
        verify(nylas, never()).deleteGrant(any(), any());
    }

    static Answer<Deletion> failed() {
        return new Answer.Failed<>(failure(FailureKind.TEMPORARY));
    }

    static Failure failure(FailureKind kind) {
        return new Failure(kind, null, null, 503, null, null, "hint");
    }
}
