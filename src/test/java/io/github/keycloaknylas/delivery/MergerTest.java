package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Worklist;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MergerTest {

    private final Workshop shop;
    private final Merger merger;

    MergerTest(Engine engine) {
        shop = new Workshop(engine);
        merger = new Merger(shop.jobs, shop.clock);
    }

    private Optional<Long> waitingSince(String name) {
        return shop.read(name, GrantEntity::waitingToken).map(SealedToken::capturedAt);
    }

    @Test
    void aMarkedCaptureBecomesARowWhoseTokenIsDueAndTheCaptureIsGone() {
        shop.signedIn("ada", "token", 10);

        merger.merge();

        assertThat(shop.read("ada", GrantEntity::isHandoverDue)).isTrue();
        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada");
        assertThat(shop.read("ada", GrantEntity::expectedIdentity)).isEqualTo(Workshop.ADA);
        assertThat(waitingSince("ada")).contains(10L);
        assertThat(shop.completedCaptures()).isZero();
    }

    @Test
    void theNewestCaptureWinsWhicheverLoginCompletedFirst() {
        shop.signedIn("ada", "newer", 20);
        merger.merge();
        shop.signedIn("ada", "older", 10);
        merger.merge();

        assertThat(waitingSince("ada")).contains(20L);
        assertThat(shop.completedCaptures()).isZero();
        assertThat(shop.claims().next().map(Claim::refreshToken)).contains("newer");
    }

    @Test
    void twoCapturesInOneLookLeaveTheNewest() {
        shop.signedIn("ada", "older", 10);
        shop.signedIn("ada", "newest", 30);
        shop.signedIn("ada", "newer", 20);

        merger.merge();

        assertThat(waitingSince("ada")).contains(30L);
        assertThat(shop.completedCaptures()).isZero();
    }

    @Test
    void anOlderCaptureOfAnotherUserDoesNotMoveTheMailbox() {
        shop.signedIn("ada", "newer", 20);
        merger.merge();
        shop.signedIn("ada", "older", 10, "somebody");

        merger.merge();

        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada");
    }

    @Test
    void aLoginThatWasSubmittedTwiceHandsNothingOverTwice() {
        shop.signedIn("ada", "token", 10);
        String id = shop.jobs.call(
                session -> Captures.of(session).completed(1).get(0).id());
        merger.merge();
        shop.claims().next().orElseThrow();
        shop.jobs.run(session -> Captures.of(session).find(id).ifPresent(row -> row.complete("ada", shop.now())));

        merger.merge();

        shop.clock.forward(Duration.ofSeconds(1));
        assertThat(waitingSince("ada")).contains(10L);
        assertThat(shop.claims().next()).isEmpty();
    }

    @Test
    void anUnmarkedCaptureStaysWhereItIs() {
        shop.jobs.run(session -> CaptureRows.unmarked(
                session, Workshop.mailbox("ada"), new SealedToken("x", "k", 10), Workshop.ADA, Long.MAX_VALUE));

        merger.merge();

        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void aTokenWaitsForTheConnectionOfItsMapper() {
        shop.signedIn("ada", "token", 10);
        merger.merge();
        shop.gates.pause(connection(), Duration.ofHours(1));

        assertThat(shop.claims().next()).isEmpty();
        List<String> due = shop.jobs.call(session -> Worklist.of(session).due(shop.now(), shop.gates.blocked(), 10));
        assertThat(due).isEmpty();
    }

    private Connection connection() {
        return shop.jobs.call(session -> Connections.open(
                session,
                Connections.endpoint(
                        Jobs.bind(session, Workshop.REALM),
                        Workshop.ALIAS,
                        MapperSettings.find(session, Workshop.ALIAS).orElseThrow())));
    }

    @Test
    void aTokenIsKeptEvenIfItsConnectionProviderOrRealmIsMissing() {
        shop.options.without("nylas-connection/default/api-key");
        shop.signedIn("ada", "token", 10);
        merger.merge();
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
        shop.signedIn("eve", "token", 10);
        merger.merge();
        shop.signedIn("bob", "token", 10);
        shop.keycloak.removeRealm(Workshop.REALM);
        merger.merge();

        assertThat(waitingSince("ada")).contains(10L);
        assertThat(waitingSince("eve")).contains(10L);
        assertThat(waitingSince("bob")).contains(10L);
    }

    @Test
    void aConnectionOfARealmWithAnyAliasCanBeWaitedFor() {
        String alias = "提供者".repeat(80);
        Mailbox mailbox = new Mailbox(Workshop.REALM, alias, "ada");
        shop.keycloak.provider(
                Workshop.REALM, alias, Map.of("apiUrl", "https://nylas.example.com", "apiKey", "${vault.key}"));
        shop.jobs.run(session -> {
            Jobs.bind(session, Workshop.REALM);
            CaptureRows.marked(
                    session, mailbox, CaptureRows.seal(session, mailbox, "token", 10), Workshop.ADA, "ada", 10);
        });

        merger.merge();

        assertThat(shop.completedCaptures()).isZero();
    }

    @Test
    void aLeavingMailboxComesBackWithASignIn() {
        shop.connected("ada", "grant-1");
        shop.leaving("ada");
        shop.signedIn("ada", "new token", shop.now() + 1);

        merger.merge();

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.read("ada", GrantEntity::isHandoverDue)).isTrue();
    }

    @Test
    void nodesThatMergeAtOnceLoseNothingAndLeaveTheNewest() throws Exception {
        for (int i = 1; i <= 10; i++) {
            shop.signedIn("ada", "token-" + i, i);
        }
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            CountDownLatch start = new CountDownLatch(1);
            var ends = Stream.generate(() -> (Future<?>) nodes.submit(() -> {
                        start.await();
                        new Merger(shop.jobs, shop.clock).merge();
                        return null;
                    }))
                    .limit(3)
                    .toList();
            start.countDown();
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            nodes.shutdown();
        }
        merger.merge();

        assertThat(waitingSince("ada")).contains(10L);
        assertThat(shop.completedCaptures()).isZero();
    }
}
