package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.limits.RateLimiters;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Deletions wait for their turn like every other call to their application. */
@OnEveryDatabase
class DeletionRateTest extends DeletionTestBase {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong nanos = new AtomicLong();

    DeletionRateTest(Engine engine) {
        super(engine);
    }

    private DeliveryParts node(RateLimiters rate) {
        return fixture.node(fixture.keycloak.links(), rate);
    }

    @Test
    void eachDeletionTakesATurn() {
        alsoUnlinked("eve");
        fixture.clock.forward(DeliveryFixture.GRACE);
        List<Long> deletedAt = new ArrayList<>();
        when(fixture.nylas.deleteGrant(any(), any(), any())).thenAnswer(call -> {
            deletedAt.add(nanos.get());
            return new CallResult.Done<>(DeletionOutcome.DELETED, "request-1");
        });
        // Looking at the clock is what moves it, so time passes only while a call waits for its turn.
        DeliveryParts node = node(new RateLimiters(1, () -> nanos.addAndGet(SECOND / 2)));
        long begin = nanos.get();

        fixture.delete(node);
        fixture.delete(node);

        assertThat(deletedAt).hasSize(2);
        assertThat(deletedAt.get(0) - begin).isLessThanOrEqualTo(SECOND);
        assertThat(deletedAt.get(1) - begin).isGreaterThan(SECOND);
    }

    @Test
    void anAccountThatIsLinkedAgainDuringTheWaitKeepsItsGrant() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        DeliveryParts node = node(new RateLimiters(1, () -> {
            fixture.link("ada", "ada");
            return nanos.addAndGet(SECOND);
        }));

        fixture.delete(node);

        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("linked");
    }

    @Test
    void aStoppingNodeStartsNoDeletion() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        DeliveryParts node = fixture.node();
        node.stop();

        fixture.delete(node);

        verifyNothingDeleted();
        assertThat(wait("grant-1")).contains(Duration.ofMinutes(1));
    }

    @Test
    void aNodeThatStopsWhileADeletionWaitsLeavesItToTheOthers() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        AtomicLong looks = new AtomicLong();
        RateLimiters[] stopping = new RateLimiters[1];
        stopping[0] = new RateLimiters(1, () -> {
            if (looks.incrementAndGet() > 1) {
                stopping[0].stop();
            }
            return 0;
        });
        fixture.delete(node(stopping[0]));
        verifyNothingDeleted();

        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.delete(fixture.node());

        verify(fixture.nylas, times(1)).deleteGrant(any(), any(), any());
        assertThat(isDone("grant-1")).isTrue();
    }
}
