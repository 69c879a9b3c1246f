package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;

/** A user attribute has one writer at a time, on whatever node. */
@OnEveryDatabase
class ProjectionLeaseTest {

    private final Workshop shop;
    private final Projections projections;
    private final Projections anotherNode;
    private String row;

    ProjectionLeaseTest(Engine engine) {
        shop = new Workshop(engine);
        projections = new Projections(shop.jobs, shop.backoff, shop.clock);
        anotherNode = new Projections(shop.jobs, shop.backoff, shop.clock);
    }

    @BeforeEach
    void aGrantIsRecordedAndNotYetShown() {
        row = shop.waiting("ada", "token");
        Claim claim = shop.claims().next().orElseThrow();
        new Recorder(shop.jobs, shop.clock).granted(claim, Workshop.answer("grant-1", "ada"));
    }

    @Test
    void duringAWriteNoOtherWorkerWritesTheSameAttribute() {
        AtomicInteger writes = duringTheFirstWrite(() -> {
            projections.write(row);
            anotherNode.write(row);
            anotherNode.writeDue();
        });

        projections.writeDue();

        assertThat(writes).hasValue(1);
        assertThat(shop.shown("ada")).contains("grant-1");
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isFalse();
    }

    @Test
    void afterAKillInTheMiddleOfAWriteAnotherNodeWritesOnceTheLeaseIsOver() {
        duringTheFirstWrite(() -> {
            throw new AssertionError("killed");
        });
        assertThatThrownBy(() -> projections.write(row)).hasMessage("killed");

        shop.clock.forward(Projections.LEASE.minusMillis(1));
        anotherNode.writeDue();
        assertThat(shop.shown("ada")).isEmpty();

        shop.clock.forward(Duration.ofMillis(1));
        anotherNode.writeDue();
        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void aGrantThatChangesDuringAWriteIsShownWithoutAWait() {
        duringTheFirstWrite(() -> regranted("grant-2"));
        projections.write(row);

        projections.writeDue();

        assertThat(shop.shown("ada")).contains("grant-2");
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isFalse();
    }

    @Test
    void whoLosesTheLeaseBeforeTheWriteLeavesTheUserAlone() {
        AtomicInteger sessions = new AtomicInteger();
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenAnswer(call -> {
            if (sessions.incrementAndGet() == 2) {
                regranted("grant-2");
            }
            return shop.keycloak.session();
        });

        new Projections(new Jobs(factory), shop.backoff, shop.clock).write(row);

        assertThat(sessions).hasValue(2);
        assertThat(shop.shown("ada")).isEmpty();
    }

    private void regranted(String grantId) {
        shop.change(
                "ada",
                changed -> Transitions.connected(
                        changed, Workshop.grant(grantId, "ada", "print"), shop.now(), shop.now()));
    }

    /** @return how many writes have begun */
    private AtomicInteger duringTheFirstWrite(Runnable step) {
        AtomicInteger writes = new AtomicInteger();
        shop.keycloak.user(Workshop.REALM, "ada").duringEachWrite(() -> {
            if (writes.incrementAndGet() == 1) {
                step.run();
            }
        });
        return writes;
    }
}
