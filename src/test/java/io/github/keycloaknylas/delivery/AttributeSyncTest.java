package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;

/** Attributes are written after the ledger, and again where that failed. */
@OnEveryDatabase
class AttributeSyncTest {

    private final Workshop shop;

    AttributeSyncTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private AttributeSync sync(KeycloakSessionFactory factory) {
        return new AttributeSync(
                new Jobs(factory), shop.backoff, shop.clock, new AttributeWriter(shop.keycloak.attributes()));
    }

    private boolean isDue(String name) {
        return shop.read(name, GrantEntity::isAttributeDue);
    }

    @Test
    void aConnectedGrantIsShown() {
        shop.connected("ada", "grant-1");

        assertThat(shop.shown("ada")).contains("grant-1");
        assertThat(isDue("ada")).isFalse();
    }

    @Test
    void aGrantThatNeedsASignInStaysShown() {
        shop.connected("ada", "grant-1");
        shop.change("ada", row -> Transitions.outlived(row, shop.now()));

        shop.parts.attributes.writeDue();

        assertThat(shop.state("ada")).contains(GrantState.RECONNECT);
        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void aUserWhoCannotBeWrittenIsTriedLessAndLessOften() {
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(true);
        AtomicInteger tries = new AtomicInteger();
        shop.keycloak.user(Workshop.REALM, "ada").duringEachWrite(tries::incrementAndGet);
        shop.connected("ada", "grant-1");

        for (Duration wait : List.of(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofHours(6),
                Duration.ofHours(24),
                Duration.ofHours(24))) {
            int before = tries.get();
            shop.clock.forward(wait.minusMillis(1));
            shop.parts.attributes.writeDue();
            assertThat(tries).hasValue(before);
            shop.clock.forward(Duration.ofMillis(1));
            shop.parts.attributes.writeDue();
            assertThat(tries).hasValue(before + 1);
        }
        assertThat(shop.read("ada", GrantEntity::ownGrant)).isPresent();
    }

    @Test
    void aUserWhoCanBeWrittenAgainIsShownTheGrant() {
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(true);
        shop.connected("ada", "grant-1");
        assertThat(isDue("ada")).isTrue();

        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(false);
        shop.parts.attributes.writeDue();
        assertThat(shop.shown("ada")).isEmpty();
        shop.clock.forward(Duration.ofSeconds(1));
        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void whereTheMapperIsGoneForAMomentTheAttributeIsWrittenOnceItIsBack() {
        Mailboxes.connected(shop, "ada");
        shop.keycloak.bareProvider(Workshop.REALM, Workshop.ALIAS);
        shop.parts.attributes.writeDue();
        assertThat(isDue("ada")).isTrue();

        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of());
        shop.clock.forward(Duration.ofSeconds(1));
        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).contains("grant-of-ada");
    }

    @Test
    void oneWorkerAtATimeWaitsForASlowUserStorage() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch continues = new CountDownLatch(1);
        AtomicInteger sessions = new AtomicInteger();
        KeycloakSessionFactory slow = mock(KeycloakSessionFactory.class);
        when(slow.create()).thenAnswer(call -> {
            sessions.incrementAndGet();
            waits.countDown();
            continues.await();
            return shop.keycloak.session();
        });
        AttributeSync slowly = sync(slow);
        CompletableFuture<Void> first = CompletableFuture.runAsync(slowly::writeDue);
        waits.await();

        CompletableFuture<Void> second = CompletableFuture.runAsync(slowly::writeDue);

        try {
            assertThat(second).succeedsWithin(Duration.ofSeconds(30));
            assertThat(sessions).hasValue(1);
        } finally {
            continues.countDown();
        }
        first.join();
        slowly.writeDue();
        assertThat(sessions).hasValue(2);
    }

    @Test
    void mailboxesInAnUnknownStateAreLeftAlone() {
        Mailboxes.connected(shop, "ada");
        Rows.grantsOfANewerVersion(shop);

        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).isEmpty();
    }
}
