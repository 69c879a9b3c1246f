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

    private final Workshop shop;
    private final Handovers handovers;

    CaptureMergerTest(Engine engine) {
        shop = new Workshop(engine);
        handovers = new Handovers(shop);
    }

    private void merge() {
        shop.parts.merger.merge();
    }

    private Optional<Long> waitingSince(String name) {
        return Optional.ofNullable(shop.read(name, GrantEntity::waitingToken))
                .flatMap(token -> token)
                .map(SealedToken::capturedAt);
    }

    private List<Captures.Cursor> marked() {
        return shop.jobs.call(session -> Captures.of(session).marked(Captures.Cursor.START, 100));
    }

    private Jobs failingAt(int failing) {
        AtomicInteger sessions = new AtomicInteger();
        return handovers.jobs(session -> {
            if (sessions.incrementAndGet() == failing) {
                doThrow(new IllegalStateException("no connection"))
                        .when(session)
                        .getProvider(JpaConnectionProvider.class);
            }
        });
    }

    @Test
    void aMarkedCaptureBecomesARowWhoseTokenIsDueAndTheCaptureIsSpent() {
        shop.signedIn("ada", "token", 10);
        String id = marked().get(0).id();

        merge();

        assertThat(shop.read("ada", GrantEntity::isHandoverDue)).isTrue();
        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada");
        assertThat(shop.read("ada", GrantEntity::expectedIdentity)).isEqualTo(Workshop.identity("ada"));
        assertThat(waitingSince("ada")).contains(10L);
        assertThat(marked()).isEmpty();
        assertThat(shop.jobs.<Boolean>call(
                        session -> Captures.of(session).find(id).orElseThrow().isSpent()))
                .isTrue();
    }

    @Test
    void theNewestCaptureWinsWhicheverLoginCompletedFirst() {
        shop.signedIn("ada", "newer", 20);
        merge();
        shop.signedIn("ada", "older", 10);
        merge();

        assertThat(waitingSince("ada")).contains(20L);
        assertThat(marked()).isEmpty();
    }

    @Test
    void severalCapturesInOneLookLeaveTheNewest() {
        shop.signedIn("ada", "older", 10);
        shop.signedIn("ada", "newest", 30);
        shop.signedIn("ada", "newer", 20);

        merge();

        assertThat(waitingSince("ada")).contains(30L);
        assertThat(marked()).isEmpty();
    }

    @Test
    void moreCapturesThanOnePageHoldsAreAllMerged() {
        for (int i = 0; i < 120; i++) {
            shop.signedIn("person-" + i, "token", 10);
        }

        merge();

        assertThat(marked()).isEmpty();
        assertThat(waitingSince("person-119")).contains(10L);
    }

    @Test
    void aSignInDuringABacklogIsMergedBeforeTheRest() {
        for (int i = 0; i < 200; i++) {
            shop.signedIn("person-" + i, "token", 10);
        }
        shop.clock.forward(Duration.ofSeconds(1));
        AtomicInteger sessions = new AtomicInteger();
        Jobs untilInterrupted = handovers.jobs(session -> {
            int number = sessions.incrementAndGet();
            if (number == 30) {
                shop.signedIn("newcomer", "token", 20);
            }
            if (number > 130) {
                throw new IllegalStateException("interrupted");
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> new CaptureMerger(untilInterrupted, shop.clock, Workshop.GRACE).merge());

        assertThat(waitingSince("newcomer")).contains(20L);
        assertThat(marked()).as("the backlog is not merged yet").hasSizeGreaterThan(50);
    }

    @Test
    void aCaptureThatCannotBeMergedIsKeptAndDoesNotStopTheOthers() {
        shop.signedIn("eve", "token", 10);
        shop.clock.forward(Duration.ofSeconds(1));
        shop.signedIn("ada", "token", 10);

        new CaptureMerger(failingAt(2), shop.clock, Workshop.GRACE).merge();

        assertThat(waitingSince("ada")).isEmpty();
        assertThat(waitingSince("eve")).contains(10L);
        merge();
        assertThat(waitingSince("ada")).contains(10L);
    }

    @Test
    void aRowInAStateOfANewerVersionIsLeftAloneAndItsCaptureKept() {
        shop.connected("ada", "grant-1");
        handovers.inState("ada", "PARKED");
        shop.signedIn("ada", "token", shop.now() + 1);
        shop.signedIn("eve", "token", 10);

        merge();

        assertThat(handovers.stored("ada")).isEqualTo("PARKED");
        assertThat(marked()).hasSize(1);
        assertThat(waitingSince("eve")).contains(10L);
    }

    @Test
    void anOlderCaptureOfAnotherUserDoesNotMoveTheMailbox() {
        shop.signedIn("ada", "newer", 20);
        merge();
        shop.signedIn("ada", "older", 10, "somebody");

        merge();

        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada");
    }

    @Test
    void aSignInOfAnotherUserDoesNotTakeTheGrantAlong() {
        shop.connected("ada", "grant-1");
        shop.signedIn("ada", "token-2", shop.now() + 1, "new-user");

        merge();

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("new-user");
        assertThat(shop.read("ada", GrantEntity::isHandoverDue)).isTrue();
        assertThat(shop.deletion("grant-1", DeletionEntity::userId)).contains("ada");
        assertThat(shop.deletion("grant-1", DeletionEntity::isLoss)).contains(true);
        shop.parts.attributes.writeDue();
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void aSignInWithAnotherObjectIdIsAnotherMailboxWhoseOldGrantIsDeleted() {
        shop.connected("ada", "grant-1");
        shop.clock.forward(Duration.ofSeconds(1));

        handovers.signedIn(Workshop.mailbox("ada"), "token-2", Workshop.identity("successor"), "ada");

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.read("ada", GrantEntity::isHandoverDue)).isTrue();
        assertThat(shop.deletion("grant-1", DeletionEntity::isLoss)).contains(false);
        assertThat(shop.deletion("grant-1", DeletionEntity::nextAttemptAt))
                .contains(Optional.of(shop.now() + Workshop.GRACE.toMillis()));
        shop.parts.attributes.writeDue();
        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void aSignInOfTheSamePersonKeepsTheGrantShown() {
        shop.connected("ada", "grant-1");
        shop.signedIn("ada", "token-2", shop.now() + 1);

        merge();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.deletion("grant-1", DeletionEntity::grantId)).isEmpty();
    }

    @Test
    void aLoginThatWasSubmittedTwiceHandsOverOnce() {
        shop.signedIn("ada", "token", 10);
        String id = marked().get(0).id();
        merge();
        shop.parts.leases.next().orElseThrow();
        shop.jobs.run(session -> Captures.of(session).find(id).ifPresent(row -> row.complete("ada", shop.now())));

        merge();

        assertThat(waitingSince("ada")).contains(10L);
        assertThat(shop.parts.leases.next()).isEmpty();
    }

    @Test
    void anUnmarkedCaptureStaysWhereItIs() {
        CaptureEntity capture = shop.jobs.call(session -> CaptureRows.unmarked(
                session,
                Workshop.mailbox("ada"),
                new SealedToken("x", "k", 10),
                Workshop.identity("ada"),
                Long.MAX_VALUE));

        merge();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.jobs.<Boolean>call(session ->
                        Captures.of(session).find(capture.id()).orElseThrow().isSpent()))
                .isFalse();
    }

    @Test
    void aTokenIsKeptEvenIfItsConnectionProviderOrRealmIsMissing() {
        shop.options.without("nylas-connection/default/api-key");
        shop.signedIn("ada", "token", 10);
        merge();
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
        shop.signedIn("eve", "token", 10);
        merge();
        shop.signedIn("bob", "token", 10);
        shop.keycloak.removeRealm(Workshop.REALM);
        merge();

        assertThat(Stream.of("ada", "eve", "bob").map(this::waitingSince)).containsOnly(Optional.of(10L));
    }

    @Test
    void nodesThatMergeAtOnceLoseNothingAndLeaveTheNewest() throws Exception {
        for (int i = 1; i <= 10; i++) {
            shop.signedIn("ada", "token-" + i, i);
        }
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            CyclicBarrier start = new CyclicBarrier(3);
            List<Future<?>> ends = Stream.generate(shop::node)
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
