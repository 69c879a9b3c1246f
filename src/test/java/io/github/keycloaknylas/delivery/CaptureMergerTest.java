package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.doThrow;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** What completed logins captured becomes due rows. */
@OnEveryDatabase
class CaptureMergerTest {

    private final DeliveryFixture fixture;
    private final Handovers handovers;

    CaptureMergerTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
    }

    private void merge() {
        fixture.parts.merger.merge();
    }

    private Optional<Long> waitingSince(String name) {
        return Optional.ofNullable(fixture.read(name, GrantEntity::waitingToken))
                .flatMap(token -> token)
                .map(SealedToken::capturedAt);
    }

    private List<CaptureEntity> marked() {
        return fixture.transactions.call(session -> Captures.of(session).marked(Captures.Cursor.START, 100));
    }

    private Transactions failingAt(int failing) {
        AtomicInteger sessions = new AtomicInteger();
        return handovers.transactions(session -> {
            if (sessions.incrementAndGet() == failing) {
                doThrow(new IllegalStateException("no connection"))
                        .when(session)
                        .getProvider(JpaConnectionProvider.class);
            }
        });
    }

    @Test
    void aMarkedCaptureBecomesARowWhoseTokenIsDueAndTheCaptureIsSpent() {
        fixture.signedIn("ada", "token", 10);
        String id = marked().get(0).id();

        merge();

        assertThat(fixture.read("ada", GrantEntity::isHandoverDue)).isTrue();
        assertThat(fixture.read("ada", GrantEntity::userId)).isEqualTo("ada");
        assertThat(fixture.read("ada", GrantEntity::expectedIdentity)).isEqualTo(DeliveryFixture.identity("ada"));
        assertThat(waitingSince("ada")).contains(10L);
        assertThat(marked()).isEmpty();
        assertThat(fixture.transactions.<Boolean>call(
                        session -> Captures.of(session).find(id).orElseThrow().isSpent()))
                .isTrue();
    }

    @Test
    void theNewestCaptureWinsWhicheverLoginCompletedFirst() {
        fixture.signedIn("ada", "newer", 20);
        merge();
        fixture.signedIn("ada", "older", 10);
        merge();

        assertThat(waitingSince("ada")).contains(20L);
        assertThat(marked()).isEmpty();
    }

    @Test
    void severalCapturesInOneLookLeaveTheNewest() {
        fixture.signedIn("ada", "older", 10);
        fixture.signedIn("ada", "newest", 30);
        fixture.signedIn("ada", "newer", 20);

        merge();

        assertThat(waitingSince("ada")).contains(30L);
        assertThat(marked()).isEmpty();
    }

    @Test
    void moreCapturesThanOnePageHoldsAreAllMerged() {
        for (int i = 0; i < 120; i++) {
            fixture.signedIn("person-" + i, "token", 10);
        }

        merge();

        assertThat(marked()).isEmpty();
        assertThat(waitingSince("person-119")).contains(10L);
    }

    @Test
    void aSignInDuringABacklogIsMergedBeforeTheRest() {
        for (int i = 0; i < 200; i++) {
            fixture.signedIn("person-" + i, "token", 10);
        }
        fixture.clock.forward(Duration.ofSeconds(1));
        AtomicInteger sessions = new AtomicInteger();
        Transactions untilInterrupted = handovers.transactions(session -> {
            int number = sessions.incrementAndGet();
            if (number == 30) {
                fixture.signedIn("newcomer", "token", 20);
            }
            if (number > 130) {
                throw new IllegalStateException("interrupted");
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> new CaptureMerger(untilInterrupted, fixture.clock, DeliveryFixture.GRACE).merge());

        assertThat(waitingSince("newcomer")).contains(20L);
        assertThat(marked()).as("the backlog is not merged yet").hasSizeGreaterThan(50);
    }

    @Test
    void aCaptureThatCannotBeMergedIsKeptAndDoesNotStopTheOthers() {
        fixture.signedIn("eve", "token", 10);
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.signedIn("ada", "token", 10);

        new CaptureMerger(failingAt(2), fixture.clock, DeliveryFixture.GRACE).merge();

        assertThat(waitingSince("ada")).isEmpty();
        assertThat(waitingSince("eve")).contains(10L);
        merge();
        assertThat(waitingSince("ada")).contains(10L);
    }

    @Test
    void aRowInAStateOfANewerVersionIsLeftAloneAndItsCaptureKept() {
        fixture.connected("ada", "grant-1");
        handovers.inState("ada", "PARKED");
        fixture.signedIn("ada", "token", fixture.now() + 1);
        fixture.signedIn("eve", "token", 10);

        merge();

        assertThat(handovers.stored("ada")).isEqualTo("PARKED");
        assertThat(marked()).hasSize(1);
        assertThat(waitingSince("eve")).contains(10L);
    }

    @Test
    void anOlderCaptureOfAnotherUserDoesNotMoveTheMailbox() {
        fixture.signedIn("ada", "newer", 20);
        merge();
        fixture.signedIn("ada", "older", 10, "somebody");

        merge();

        assertThat(fixture.read("ada", GrantEntity::userId)).isEqualTo("ada");
    }

    @Test
    void aSignInOfAnotherUserDoesNotTakeTheGrantAlong() {
        fixture.connected("ada", "grant-1");
        fixture.signedIn("ada", "token-2", fixture.now() + 1, "new-user");

        merge();

        assertThat(fixture.state("ada")).contains(GrantState.ABSENT);
        assertThat(fixture.read("ada", GrantEntity::userId)).isEqualTo("new-user");
        assertThat(fixture.read("ada", GrantEntity::isHandoverDue)).isTrue();
        assertThat(fixture.deletion("grant-1", DeletionEntity::userId)).contains("ada");
        assertThat(fixture.deletion("grant-1", DeletionEntity::isLoss)).contains(true);
        assertThat(fixture.deletion("grant-1", DeletionEntity::nextAttemptAt))
                .contains(Optional.of(fixture.now() + DeliveryFixture.GRACE.toMillis()));
        fixture.parts.attributes.writeDue();
        assertThat(fixture.shown("ada")).isEmpty();
    }

    @Test
    void aSignInWithAnotherObjectIdIsAnotherMailboxWhoseOldGrantIsDeleted() {
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofSeconds(1));

        handovers.signedIn(DeliveryFixture.mailbox("ada"), "token-2", DeliveryFixture.identity("successor"), "ada");

        assertThat(fixture.state("ada")).contains(GrantState.ABSENT);
        assertThat(fixture.read("ada", GrantEntity::isHandoverDue)).isTrue();
        assertThat(fixture.deletion("grant-1", DeletionEntity::isLoss)).contains(false);
        assertThat(fixture.deletion("grant-1", DeletionEntity::nextAttemptAt))
                .contains(Optional.of(fixture.now() + DeliveryFixture.GRACE.toMillis()));
        fixture.parts.attributes.writeDue();
        assertThat(fixture.shown("ada")).isEmpty();
    }

    @Test
    void aSignInOfTheSamePersonKeepsTheGrantShown() {
        fixture.connected("ada", "grant-1");
        fixture.signedIn("ada", "token-2", fixture.now() + 1);

        merge();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void aLoginThatWasSubmittedTwiceHandsOverOnce() {
        fixture.signedIn("ada", "token", 10);
        String id = marked().get(0).id();
        merge();
        fixture.parts.leases.next().orElseThrow();
        fixture.transactions.run(
                session -> Captures.of(session).find(id).ifPresent(row -> row.complete("ada", fixture.now())));

        merge();

        assertThat(waitingSince("ada")).contains(10L);
        assertThat(fixture.parts.leases.next()).isEmpty();
    }

    @Test
    void aCaptureThatWasMarkedAgainSinceItWasReadIsNotTaken() {
        fixture.signedIn("ada", "token", 10);
        CaptureEntity read = marked().get(0);
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.transactions.run(session ->
                Captures.of(session).find(read.id()).ifPresent(row -> row.complete("successor", fixture.now())));

        assertThat(fixture.transactions.<Boolean>call(
                        session -> Captures.of(session).take(read)))
                .isFalse();

        assertThat(marked()).extracting(CaptureEntity::userId).containsExactly("successor");
    }

    @Test
    void anUnmarkedCaptureStaysWhereItIs() {
        CaptureEntity capture = fixture.transactions.call(session -> CaptureRows.unmarked(
                session,
                DeliveryFixture.mailbox("ada"),
                new SealedToken("x", "k", 10),
                DeliveryFixture.identity("ada"),
                Long.MAX_VALUE));

        merge();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.transactions.<Boolean>call(session ->
                        Captures.of(session).find(capture.id()).orElseThrow().isSpent()))
                .isFalse();
    }

    @Test
    void aTokenIsKeptEvenIfItsConnectionProviderOrRealmIsMissing() {
        fixture.options.without("nylas-connection/default/api-key");
        fixture.signedIn("ada", "token", 10);
        merge();
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        fixture.signedIn("eve", "token", 10);
        merge();
        fixture.signedIn("bob", "token", 10);
        fixture.keycloak.removeRealm(DeliveryFixture.REALM);
        merge();

        assertThat(Stream.of("ada", "eve", "bob").map(this::waitingSince)).containsOnly(Optional.of(10L));
    }

    @Test
    void nodesThatMergeAtOnceLoseNothingAndLeaveTheNewest() throws Exception {
        for (int i = 1; i <= 10; i++) {
            fixture.signedIn("ada", "token-" + i, i);
        }
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            CyclicBarrier start = new CyclicBarrier(3);
            List<Future<?>> ends = Stream.generate(fixture::node)
                    .limit(3)
                    .<Future<?>>map(node -> nodes.submit(() -> {
                        start.await();
                        node.merger.merge();
                        return null;
                    }))
                    .toList();
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            nodes.shutdown();
        }
        merge();

        assertThat(waitingSince("ada")).contains(10L);
        assertThat(marked()).isEmpty();
    }
}
