package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Transactions;
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

    private final DeliveryFixture fixture;

    AttributeSyncTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private AttributeSync sync(KeycloakSessionFactory factory) {
        return new AttributeSync(
                new Transactions(factory),
                fixture.backoff,
                fixture.clock,
                new AttributeWriter(fixture.keycloak.attributes()),
                fixture.statusEvents());
    }

    private boolean isDue(String name) {
        return fixture.read(name, GrantEntity::isAttributeDue);
    }

    @Test
    void aConnectedGrantIsShown() {
        fixture.connected("ada", "grant-1");

        assertThat(fixture.shown("ada")).contains("grant-1");
        assertThat(isDue("ada")).isFalse();
    }

    @Test
    void aGrantThatNeedsASignInStaysShown() {
        fixture.connected("ada", "grant-1");
        fixture.change("ada", row -> Transitions.outlived(row, fixture.now()));

        fixture.parts.attributes.writeDue();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void aUserWhoCannotBeWrittenIsTriedLessAndLessOften() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(true);
        AtomicInteger tries = new AtomicInteger();
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").duringEachWrite(tries::incrementAndGet);
        fixture.connected("ada", "grant-1");

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
            fixture.clock.forward(wait.minusMillis(1));
            fixture.parts.attributes.writeDue();
            assertThat(tries).hasValue(before);
            fixture.clock.forward(Duration.ofMillis(1));
            fixture.parts.attributes.writeDue();
            assertThat(tries).hasValue(before + 1);
        }
        assertThat(fixture.read("ada", GrantEntity::ownGrant)).isPresent();
    }

    @Test
    void aUserWhoCanBeWrittenAgainIsShownTheGrant() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(true);
        fixture.connected("ada", "grant-1");
        assertThat(isDue("ada")).isTrue();

        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(false);
        fixture.parts.attributes.writeDue();
        assertThat(fixture.shown("ada")).isEmpty();
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void whereTheMapperIsGoneForAMomentTheAttributeIsWrittenOnceItIsBack() {
        Mailboxes.connected(fixture, "ada");
        fixture.keycloak.bareProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        fixture.parts.attributes.writeDue();
        assertThat(isDue("ada")).isTrue();

        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of());
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).contains("grant-of-ada");
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
            return fixture.keycloak.session();
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
        Mailboxes.connected(fixture, "ada");
        Rows.grantsOfANewerVersion(fixture);

        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).isEmpty();
    }
}
