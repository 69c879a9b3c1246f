package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.ConnectedGrant;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class RecorderTest {

    private static final Failure REFUSED =
            new Failure(FailureKind.SIGN_IN_AGAIN, null, "api.refused", 400, "request-1", null, "hint");

    private final Workshop shop;
    private final Recorder recorder;

    RecorderTest(Engine engine) {
        shop = new Workshop(engine);
        recorder = new Recorder(shop.jobs, shop.clock);
    }

    private Claim claim(String name) {
        shop.waiting(name, "token-of-" + name);
        return shop.claims().next().orElseThrow();
    }

    private Optional<String> grantId(String name) {
        return shop.read(name, GrantEntity::grant).map(ConnectedGrant::grantId);
    }

    @Test
    void aGrantOfThisPersonConnectsTheRowAndErasesTheToken() {
        Claim claim = claim("ada");

        assertThat(recorder.granted(claim, Workshop.answer("grant-1", "ada"))).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(shop.read("ada", GrantEntity::grant))
                .contains(new ConnectedGrant(
                        "grant-1",
                        "ada@example.com",
                        "oid-ada",
                        "Calendars.Read Mail.Read",
                        "default",
                        claim.connection().endpoint().fingerprint(),
                        "option:spi-nylas-connection--default--api-key",
                        shop.now()));
    }

    @Test
    void aMailboxThatIsNotTheExpectedOneIsHeld() {
        Claim claim = claim("ada");

        assertThat(recorder.granted(claim, Workshop.answer("grant-1", "eve"))).isEqualTo(Recorder.Outcome.HELD);

        assertThat(shop.state("ada")).contains(GrantState.HELD);
        assertThat(shop.read("ada", GrantEntity::failure).map(LastFailure::failureClass))
                .contains("other_mailbox");
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void anAnswerThatNamesNoMailboxIsHeld() {
        Claim claim = claim("ada");

        assertThat(recorder.granted(claim, new NylasGrant("grant-1", null, null, Set.of())))
                .isEqualTo(Recorder.Outcome.HELD);
    }

    @Test
    void aGrantThatAnotherRowHoldsIsHeldEvenIfThatRowIsOfAnotherRealm() {
        shop.person("twin");
        shop.connected("ada", "grant-1");
        Claim claim = claim("twin");

        assertThat(recorder.granted(claim, Workshop.answer("grant-1", "twin"))).isEqualTo(Recorder.Outcome.HELD);

        assertThat(shop.read("twin", GrantEntity::failure).map(LastFailure::failureClass))
                .contains("held_by_another");
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void ofTwoRowsThatRecordOneGrantAtOnceExactlyOneIsConnected() throws Exception {
        shop.person("twin");
        shop.waiting("ada", "a");
        shop.waiting("twin", "t");
        List<Claim> claims =
                List.of(shop.claims().next().orElseThrow(), shop.claims().next().orElseThrow());
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            List<Future<Recorder.Outcome>> ends = claims.stream()
                    .map(claim -> nodes.submit(() -> {
                        start.await();
                        return recorder.granted(
                                claim,
                                Workshop.answer("grant-1", claim.mailbox().subject()));
                    }))
                    .toList();
            assertThat(List.of(ends.get(0).get(), ends.get(1).get()))
                    .containsExactlyInAnyOrder(Recorder.Outcome.CONNECTED, Recorder.Outcome.HELD);
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void whoseLeaseIsLostRecordsNothing() {
        Claim lost = claim("ada");
        shop.clock.forward(Workshop.LEASE);
        shop.claims().next().orElseThrow();

        assertThat(recorder.granted(lost, Workshop.answer("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
        recorder.refused(lost, REFUSED);
        recorder.postponed(lost, REFUSED, Duration.ofHours(1));

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
    }

    @Test
    void aNewerTokenThatCameInMeanwhileGoesOnWaiting() {
        Claim claim = claim("ada");
        shop.signedIn("ada", "newer", shop.now() + 5);
        new Merger(shop.jobs, shop.clock).merge();

        recorder.granted(claim, Workshop.answer("grant-1", "ada"));

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::waitingToken).map(SealedToken::capturedAt))
                .contains(shop.now() + 5);
        assertThat(shop.claims().next().map(Claim::refreshToken)).contains("newer");
    }

    @Test
    void aGrantThatComesAfterTheLinkIsGoneIsNotedToBeDeletedAndNotShown() {
        Claim claim = claim("ada");
        shop.unlink("ada");
        new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox("ada"));

        assertThat(recorder.granted(claim, Workshop.answer("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
        assertThat(grantId("ada")).contains("grant-1");
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void aForeignGrantThatComesAfterTheLinkIsGoneIsStillHeldWhenItIsLinkedAgain() {
        Claim claim = claim("ada");
        Links links = new Links(shop.jobs, shop.clock);
        shop.unlink("ada");
        links.recheck(Workshop.mailbox("ada"));

        assertThat(recorder.granted(claim, Workshop.answer("grant-x", "eve"))).isEqualTo(Recorder.Outcome.HELD);

        shop.link("ada", "ada");
        links.recheck(Workshop.mailbox("ada"));

        assertThat(shop.state("ada")).contains(GrantState.HELD);
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void aRefusedTokenIsErasedAndTheReasonKept() {
        Claim claim = claim("ada");

        recorder.refused(claim, REFUSED);

        assertThat(shop.state("ada")).contains(GrantState.RECONNECT);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(shop.read("ada", GrantEntity::failure))
                .contains(new LastFailure("sign_in_again", "api.refused", 400, "request-1", shop.now()));
    }

    @Test
    void aPostponedRowIsDueAfterItsWaitAndCountsTheAttempt() {
        Claim claim = claim("ada");

        recorder.postponed(claim, REFUSED, Duration.ofMinutes(5));

        assertThat(shop.claims().next()).isEmpty();
        shop.clock.forward(Duration.ofMinutes(5));
        assertThat(shop.claims().next().map(Claim::attempts)).contains(1);
    }

    @Test
    void textsThatNoRealAnswerHoldsAreLeftOutRatherThanLosingTheGrant() {
        Claim claim = claim("ada");
        NylasGrant answer = new NylasGrant("grant-1", "e".repeat(3000), "oid-ada", Set.of("s".repeat(5000)));

        assertThat(recorder.granted(claim, answer)).isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(shop.read("ada", GrantEntity::grant).map(ConnectedGrant::scopeSet))
                .contains(Set.of());
    }

    @Test
    void aRowThatIsGoneIsNoTrouble() {
        Claim claim = claim("ada");
        shop.jobs.run(session -> {
            var ledger = Ledger.of(session);
            ledger.remove(ledger.byId(claim.rowId()).orElseThrow());
        });

        assertThat(recorder.granted(claim, Workshop.answer("grant-1", "ada"))).isEqualTo(Recorder.Outcome.DROPPED);
    }
}
