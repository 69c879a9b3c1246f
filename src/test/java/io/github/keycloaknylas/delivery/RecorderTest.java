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

    private final DeliveryFixture fixture;
    private final Handovers handovers;
    private final Recorder recorder;

    RecorderTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
        recorder = new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE);
    }

    private Recorder.Outcome granted(PreparedHandover handover, NylasGrant answer) {
        return recorder.granted(handover, DeliveryFixture.APPLICATION, answer);
    }

    @Test
    void aGrantOfThisPersonConnectsTheRowAndErasesTheToken() {
        PreparedHandover handover = handovers.prepared("ada");

        assertThat(granted(handover, DeliveryFixture.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(fixture.read("ada", GrantEntity::grant))
                .contains(new ConnectedGrant(
                        "grant-1",
                        "ada@example.com",
                        "oid-ada",
                        "Calendars.Read Mail.Read",
                        new GrantConnection(
                                "https://api.us.nylas.com",
                                DeliveryFixture.APPLICATION,
                                null,
                                "default",
                                "option:spi-nylas-connection--default--api-key"),
                        fixture.now()));
    }

    @Test
    void aNewerTokenThatWasCapturedMeanwhileIsDueAtOnce() {
        PreparedHandover handover = handovers.prepared("ada");
        fixture.signedIn("ada", "newer", fixture.now() + 5);
        fixture.parts.merger.merge();

        granted(handover, DeliveryFixture.grant("grant-1", "ada"));

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.read("ada", GrantEntity::waitingToken).map(SealedToken::capturedAt))
                .contains(fixture.now() + 5);
        assertThat(handovers.next()).map(next -> next.token().text()).contains("newer");
    }

    @Test
    void whoeverHasLostTheLeaseRecordsNothing() {
        PreparedHandover lost = handovers.prepared("ada");
        fixture.clock.forward(DeliveryFixture.LEASE);
        handovers.next().orElseThrow();

        assertThat(granted(lost, DeliveryFixture.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
        recorder.refused(lost, REFUSED);
        recorder.postponed(lost, REFUSED, Duration.ofHours(1));
        recorder.refusedForRow(lost, REFUSED, Duration.ofHours(1));
        recorder.waiting(lost, REFUSED);

        assertThat(fixture.state("ada")).contains(GrantState.ABSENT);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(fixture.read("ada", GrantEntity::attempts)).isZero();
        assertThat(fixture.read("ada", GrantEntity::refusals)).isZero();
        assertThat(handovers.failure("ada")).isEmpty();
    }

    @Test
    void aRowInAStateOfANewerVersionIsLeftAlone() {
        PreparedHandover handover = handovers.prepared("ada");
        handovers.inState("ada", "PARKED");

        assertThat(granted(handover, DeliveryFixture.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
        recorder.refused(handover, REFUSED);
        recorder.postponed(handover, REFUSED, Duration.ofHours(1));
        recorder.refusedForRow(handover, REFUSED, Duration.ofHours(1));
        recorder.waiting(handover, REFUSED);

        assertThat(handovers.stored("ada")).isEqualTo("PARKED");
        handovers.inState("ada", "ABSENT");
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(fixture.read("ada", GrantEntity::grant)).isEmpty();
        assertThat(handovers.failure("ada")).isEmpty();
    }

    @Test
    void aRefusedTokenIsErasedAndTheReasonKept() {
        PreparedHandover handover = handovers.prepared("ada");

        recorder.refused(handover, REFUSED);

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(fixture.read("ada", GrantEntity::failure))
                .contains(new LastFailure("sign_in_again", "api.refused", 400, "request-1", fixture.now()));
    }

    @Test
    void aPostponedRowIsDueAfterItsWaitAndCountsTheAttempt() {
        PreparedHandover handover = handovers.prepared("ada");

        recorder.postponed(handover, REFUSED, Duration.ofMinutes(5));

        assertThat(handovers.next()).isEmpty();
        fixture.clock.forward(Duration.ofMinutes(5));
        assertThat(handovers.next()).map(next -> next.failed().attempts()).contains(1);
    }

    @Test
    void aRowThatWasRefusedForItselfCountsTheRefusalApart() {
        PreparedHandover handover = handovers.prepared("ada");

        recorder.refusedForRow(handover, REFUSED, Duration.ofMinutes(5));

        assertThat(handovers.next()).isEmpty();
        fixture.clock.forward(Duration.ofMinutes(5));
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

        assertThat(fixture.read("ada", GrantEntity::grant).map(ConnectedGrant::scopeSet))
                .contains(Set.of());
    }

    @Test
    void aRowThatIsGoneIsDropped() {
        PreparedHandover handover = handovers.prepared("ada");
        fixture.transactions.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.remove(ledger.byId(handover.row().rowId()).orElseThrow());
        });

        assertThat(granted(handover, DeliveryFixture.grant("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
    }

    @Test
    void aGrantThatComesWhileTheAccountIsUnlinkedIsQueuedForDeletionAfterTheCall() {
        PreparedHandover handover = handovers.prepared("ada");
        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isEmpty();

        granted(handover, DeliveryFixture.grant("grant-1", "ada"));
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.deletion("grant-1", deletion -> deletion.nextAttemptAt()))
                .contains(Optional.of(fixture.now() + DeliveryFixture.GRACE.toMillis()));
    }
}
