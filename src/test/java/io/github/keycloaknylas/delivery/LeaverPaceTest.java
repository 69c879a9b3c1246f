package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Deletion;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletions wait for their turn like every other call of the node. */
@OnEveryDatabase
class LeaverPaceTest {

    private static final Duration GRACE = Duration.ofHours(24);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Workshop shop;
    private final NylasClient nylas = mock(NylasClient.class);
    private final AtomicLong nanos = new AtomicLong();

    LeaverPaceTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @BeforeEach
    void adaAndEveHaveUnlinkedTheirAccounts() {
        shop.person("eve");
        for (String name : List.of("ada", "eve")) {
            shop.connected(name, "grant-of-" + name);
            shop.unlink(name);
            new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox(name));
        }
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        when(nylas.deleteGrant(any(), any())).thenReturn(new Answer.Done<>(Deletion.DELETED, "request-1"));
        shop.clock.forward(GRACE);
    }

    private Leaver leaver(Pace pace) {
        return shop.leaver(nylas, pace, GRACE, mock(Logger.class));
    }

    private void verifyNothingDeleted() {
        verify(nylas, never()).deleteGrant(any(), any());
    }

    @Test
    void eachDeletionTakesATurnOfTheNodesPace() {
        List<Long> deletedAt = new ArrayList<>();
        when(nylas.deleteGrant(any(), any())).thenAnswer(call -> {
            deletedAt.add(nanos.get());
            return new Answer.Done<>(Deletion.DELETED, "request-1");
        });
        // Time passes only while somebody waits for it: looking at the clock is what moves it.
        Pace pace = new Pace(1, () -> nanos.addAndGet(SECOND / 2));
        long begin = nanos.get();

        leaver(pace).deleteDue();

        assertThat(deletedAt).hasSize(2);
        assertThat(deletedAt.get(0) - begin).isLessThanOrEqualTo(SECOND);
        assertThat(deletedAt.get(1) - begin).isGreaterThan(SECOND);
    }

    @Test
    void whatNeedsNoCallTakesNoTurn() {
        shop.link("ada", "ada");
        shop.link("eve", "eve");
        Pace pace = new Pace(1, nanos::incrementAndGet);
        long before = nanos.get();

        leaver(pace).deleteDue();

        assertThat(nanos).hasValue(before);
        verifyNothingDeleted();
    }

    @Test
    void anAccountThatIsLinkedAgainDuringTheWaitKeepsItsGrant() {
        Pace pace = new Pace(1, () -> {
            shop.link("ada", "ada");
            shop.link("eve", "eve");
            new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("ada"));
            new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("eve"));
            return nanos.addAndGet(SECOND);
        });
        shop.unlink("ada");
        shop.unlink("eve");
        new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("ada"));
        new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("eve"));
        shop.clock.forward(GRACE);

        leaver(pace).deleteDue();

        verifyNothingDeleted();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.state("eve")).contains(GrantState.CONNECTED);
    }

    @Test
    void aStoppingNodeStartsNoDeletion() {
        Pace pace = new Pace(50, System::nanoTime);
        pace.stop();

        leaver(pace).deleteDue();

        verifyNothingDeleted();
        boolean inFlight = shop.read("ada", row -> row.isInFlight(shop.now()));
        assertThat(inFlight).isFalse();
    }

    @Test
    void aNodeThatIsStoppedWhileADeletionWaitsGivesItBackToTheOthers() {
        Pace[] stopping = new Pace[1];
        AtomicLong looks = new AtomicLong();
        stopping[0] = new Pace(1, () -> {
            if (looks.incrementAndGet() > 1) {
                stopping[0].stop();
            }
            return 0;
        });

        leaver(stopping[0]).deleteDue();

        verifyNothingDeleted();
        leaver(new Pace(50, System::nanoTime)).deleteDue();
        verify(nylas, times(2)).deleteGrant(any(), any());
        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.exists("eve")).isFalse();
    }
}
