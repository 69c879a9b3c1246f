package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Results of calls are recorded, provided the lease is still held. */
@OnEveryDatabase
class RecorderTest {

    private static final Failure REFUSED =
            new Failure(FailureKind.SIGN_IN_AGAIN, null, "api.refused", 400, "request-1", null, "hint");

    private final Workshop shop;
    private final Handovers handovers;
    private final Recorder recorder;

    RecorderTest(Engine engine) {
        shop = new Workshop(engine);
        handovers = new Handovers(shop);
        recorder = new Recorder(shop.jobs, shop.clock, Workshop.GRACE);
    }

    private Recorder.Outcome granted(PreparedHandover handover, NylasGrant answer) {
        return recorder.granted(handover, Workshop.APPLICATION, answer);
    }

    @Test
    void aGrantOfThisPersonConnectsTheRowAndErasesTheToken() {
        PreparedHandover handover = handovers.prepared("ada");

        assertThat(granted(handover, Workshop.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(shop.read("ada", GrantEntity::grant))
                .contains(new ConnectedGrant(
                        "grant-1",
                        "ada@example.com",
                        "oid-ada",
                        "Calendars.Read Mail.Read",
                        new GrantConnection(
                                "https://api.us.nylas.com",
                                Workshop.APPLICATION,
                                null,
                                "default",
                                "option:spi-nylas-connection--default--api-key"),
                        shop.now()));
    }

    @Test
    void aNewerTokenThatWasCapturedMeanwhileIsDueAtOnce() {
        PreparedHandover handover = handovers.prepared("ada");
        shop.signedIn("ada", "newer", shop.now() + 5);
        shop.parts.merger.merge();

        granted(handover, Workshop.grant("grant-1", "ada"));

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::waitingToken).map(SealedToken::capturedAt))
                .contains(shop.now() + 5);
        assertThat(handovers.next()).map(next -> next.token().text()).contains("newer");
    }

    @Test
    void whoeverHasLostTheLeaseRecordsNothing() {
        PreparedHandover lost = handovers.prepared("ada");
        shop.clock.forward(Workshop.LEASE);
        handovers.next().orElseThrow();

        assertThat(granted(lost, Workshop.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
        recorder.refused(lost, REFUSED);
        recorder.postponed(lost, REFUSED, Duration.ofHours(1));
        recorder.refusedForRow(lost, REFUSED, Duration.ofHours(1));
        recorder.waiting(lost, REFUSED);

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
        assertThat(shop.read("ada", GrantEntity::refusals)).isZero();
        assertThat(handovers.failure("ada")).isEmpty();
    }

    @Test
    void aRowInAStateOfANewerVersionIsLeftAlone() {
        PreparedHandover handover = handovers.prepared("ada");
        handovers.inState("ada", "PARKED");

        assertThat(granted(handover, Workshop.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
        recorder.refused(handover, REFUSED);
        recorder.postponed(handover, REFUSED, Duration.ofHours(1));
        recorder.refusedForRow(handover, REFUSED, Duration.ofHours(1));
        recorder.waiting(handover, REFUSED);

        assertThat(handovers.stored("ada")).isEqualTo("PARKED");
        handovers.inState("ada", "ABSENT");
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read("ada", GrantEntity::grant)).isEmpty();
        assertThat(handovers.failure("ada")).isEmpty();
    }

    @Test
    void aRefusedTokenIsErasedAndTheReasonKept() {
        PreparedHandover handover = handovers.prepared("ada");

        recorder.refused(handover, REFUSED);

        assertThat(shop.state("ada")).contains(GrantState.RECONNECT);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(shop.read("ada", GrantEntity::failure))
                .contains(new LastFailure("sign_in_again", "api.refused", 400, "request-1", shop.now()));
    }

    @Test
    void aPostponedRowIsDueAfterItsWaitAndCountsTheAttempt() {
        PreparedHandover handover = handovers.prepared("ada");

        recorder.postponed(handover, REFUSED, Duration.ofMinutes(5));

        assertThat(handovers.next()).isEmpty();
        shop.clock.forward(Duration.ofMinutes(5));
        assertThat(handovers.next()).map(next -> next.failed().attempts()).contains(1);
    }

    @Test
    void aRowThatWasRefusedForItselfCountsTheRefusalApart() {
        PreparedHandover handover = handovers.prepared("ada");

        recorder.refusedForRow(handover, REFUSED, Duration.ofMinutes(5));

        shop.clock.forward(Duration.ofMinutes(5));
        PreparedHandover next = handovers.next().orElseThrow();
        assertThat(next.failed().refusals()).isEqualTo(1);
        assertThat(next.failed().attempts()).isZero();
    }

    @Test
    void aRowThatWaitsForABreakerIsDueAtOnceWithoutAnAttempt() {
        PreparedHandover handover = handovers.prepared("ada");

        recorder.waiting(handover, REFUSED);

        PreparedHandover next = handovers.next().orElseThrow();
        assertThat(next.failed().attempts()).isZero();
        assertThat(next.failed().refusals()).isZero();
    }

    @Test
    void textsThatNoRealAnswerHasAreLeftOutRatherThanLosingTheGrant() {
        PreparedHandover handover = handovers.prepared("ada");
        NylasGrant answer = new NylasGrant("grant-1", "e".repeat(3000), "oid-ada", Set.of("s".repeat(5000)));

        assertThat(granted(handover, answer)).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(shop.read("ada", GrantEntity::grant).map(ConnectedGrant::scopeSet))
                .contains(Set.of());
    }

    @Test
    void aRowThatIsGoneIsDropped() {
        PreparedHandover handover = handovers.prepared("ada");
        shop.jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.remove(ledger.byId(handover.row().rowId()).orElseThrow());
        });

        assertThat(granted(handover, Workshop.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
    }

    @Test
    void aGrantThatComesWhileTheAccountIsUnlinkedIsQueuedForDeletionAfterTheCall() {
        PreparedHandover handover = handovers.prepared("ada");
        shop.unlinked("ada");
        shop.parts.evidence.process();
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();

        granted(handover, Workshop.grant("grant-1", "ada"));
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.shown("ada")).isEmpty();
        assertThat(shop.deletion("grant-1", deletion -> deletion.nextAttemptAt()))
                .contains(Optional.of(shop.now() + Workshop.GRACE.toMillis()));
    }
}
