package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;

@OnEveryDatabase
class ProjectionsTest {

    private final Workshop shop;
    private final Projections projections;

    ProjectionsTest(Engine engine) {
        shop = new Workshop(engine);
        projections = new Projections(shop.jobs, shop.backoff, shop.clock);
    }

    @Test
    void aConnectedGrantIsShownOnItsUser() {
        shop.connected("ada", "grant-1");

        assertThat(shop.shown("ada")).contains("grant-1");
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isFalse();
    }

    @Test
    void oneWorkerAtATimeWaitsForASlowUserStoreAndTheOthersGoOn() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger sessions = new AtomicInteger();
        KeycloakSessionFactory slow = mock(KeycloakSessionFactory.class);
        when(slow.create()).thenAnswer(call -> {
            sessions.incrementAndGet();
            waits.countDown();
            goesOn.await();
            return shop.keycloak.session();
        });
        Projections slowly = new Projections(new Jobs(slow), shop.backoff, shop.clock);
        CompletableFuture<Void> first = CompletableFuture.runAsync(slowly::writeDue);
        waits.await();

        CompletableFuture<Void> second = CompletableFuture.runAsync(slowly::writeDue);

        try {
            assertThat(second).succeedsWithin(Duration.ofSeconds(10));
            assertThat(sessions).hasValue(1);
        } finally {
            goesOn.countDown();
        }
        first.join();
        slowly.writeDue();
        assertThat(sessions).hasValue(2);
    }

    @Test
    void theMapperNamesTheAttribute() {
        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("attribute", "mailbox_grant"));
        shop.connected("ada", "grant-1");

        assertThat(shop.keycloak.user(Workshop.REALM, "ada").attributes())
                .isEqualTo(Map.of("mailbox_grant", "grant-1"));
    }

    @Test
    void aRenamedAttributeMoves() {
        shop.connected("ada", "grant-1");
        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("attribute", "mailbox_grant"));
        shop.waiting("ada", "again");
        shop.clock.forward(Duration.ofSeconds(1));
        shop.waiting("ada", "again");
        Claim claim = shop.claims().next().orElseThrow();
        new Recorder(shop.jobs, shop.clock).granted(claim, Workshop.answer("grant-1", "ada"));

        projections.writeDue();

        assertThat(shop.keycloak.user(Workshop.REALM, "ada").attributes())
                .isEqualTo(Map.of("mailbox_grant", "grant-1"));
    }

    @Test
    void withTheLinkTheAttributeGoesToTheNewOwner() {
        shop.connected("ada", "grant-1");
        shop.keycloak.user(Workshop.REALM, "ada-2");
        shop.jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.link(ledger.find(Workshop.mailbox("ada")).orElseThrow(), "ada-2", shop.now());
        });

        projections.writeDue();

        assertThat(shop.shown("ada")).isEmpty();
        assertThat(shop.shown("ada-2")).contains("grant-1");
    }

    @Test
    void whatAnotherMapperWroteThereIsNotTakenAway() {
        shop.connected("ada", "grant-1");
        shop.keycloak.user(Workshop.REALM, "ada").attributes().put("nylas_grant_id", "of another provider");
        shop.leaving("ada");

        projections.writeDue();

        assertThat(shop.shown("ada")).contains("of another provider");
    }

    @Test
    void aLeavingGrantIsTakenFromItsUserAtOnce() {
        shop.connected("ada", "grant-1");
        shop.leaving("ada");

        projections.writeDue();

        assertThat(shop.shown("ada")).isEmpty();
    }

    @Test
    void aGrantThatNeedsASignInStaysShown() {
        shop.connected("ada", "grant-1");
        shop.change("ada", row -> Transitions.outlived(row, shop.now()));

        projections.writeDue();

        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void aUserStoreThatRefusesIsAskedAgainLaterAndTheGrantIsKept() {
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(true);
        shop.connected("ada", "grant-1");
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isTrue();
        assertThat(shop.read("ada", GrantEntity::grant)).isPresent();

        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(false);
        projections.writeDue();
        assertThat(shop.shown("ada")).isEmpty();
        shop.clock.forward(Duration.ofSeconds(2));
        projections.writeDue();

        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void aUserOrRealmThatIsGoneHasNothingToShow() {
        shop.connected("ada", "grant-1");
        shop.keycloak.removeUser(Workshop.REALM, "ada");
        shop.leaving("ada");
        projections.writeDue();
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isFalse();

        shop.person("eve");
        shop.connected("eve", "grant-2");
        shop.leaving("eve");
        shop.keycloak.removeRealm(Workshop.REALM);
        projections.writeDue();
        assertThat(shop.read("eve", GrantEntity::isProjectionDue)).isFalse();
    }

    @Test
    void whereTheMapperIsGoneForAMomentTheAttributeIsWrittenOnceItIsBack() {
        shop.waiting("ada", "token");
        Claim claim = shop.claims().next().orElseThrow();
        new Recorder(shop.jobs, shop.clock).granted(claim, Workshop.answer("grant-1", "ada"));
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
        projections.writeDue();

        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of());
        projections.writeDue();
        assertThat(shop.shown("ada")).isEmpty();
        shop.clock.forward(Duration.ofSeconds(2));
        projections.writeDue();

        assertThat(shop.shown("ada")).contains("grant-1");
    }
}
