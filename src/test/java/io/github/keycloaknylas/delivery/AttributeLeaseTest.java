package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.ConnectedGrant;
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
class AttributeLeaseTest {

    private final Workshop shop;
    private final AttributeSync sync;
    private final AttributeSync anotherNode;
    private String row;

    AttributeLeaseTest(Engine engine) {
        shop = new Workshop(engine);
        sync = shop.parts.attributes;
        anotherNode = shop.node().attributes;
    }

    @BeforeEach
    void aGrantIsRecordedAndNotYetShown() {
        Mailboxes.connected(shop, "ada");
        row = shop.read("ada", GrantEntity::id);
    }

    @Test
    void duringAWriteNoOtherWorkerWritesTheSameAttribute() {
        AtomicInteger writes = duringTheFirstWrite(() -> {
            sync.write(row);
            anotherNode.write(row);
            anotherNode.writeDue();
        });

        sync.writeDue();

        assertThat(writes).hasValue(1);
        assertThat(shop.shown("ada")).contains("grant-of-ada");
        assertThat(shop.read("ada", GrantEntity::isAttributeDue)).isFalse();
    }

    @Test
    void whoeverCannotLeaseTheAttributeIsTold() {
        assertThat(sync.write(row)).isTrue();

        assertThat(anotherNode.write(row)).isFalse();
    }

    @Test
    void afterAKillInTheMiddleOfAWriteAnotherNodeWritesOnceTheLeaseIsOver() {
        duringTheFirstWrite(() -> {
            throw new AssertionError("killed");
        });
        assertThatThrownBy(() -> sync.write(row)).hasMessage("killed");

        shop.clock.forward(AttributeSync.LEASE.minusMillis(1));
        anotherNode.writeDue();
        assertThat(shop.shown("ada")).isEmpty();

        shop.clock.forward(Duration.ofMillis(1));
        anotherNode.writeDue();
        assertThat(shop.shown("ada")).contains("grant-of-ada");
    }

    @Test
    void aGrantThatChangesDuringAWriteIsShownWithoutAWait() {
        duringTheFirstWrite(() -> regranted("grant-2"));
        sync.write(row);

        sync.writeDue();

        assertThat(shop.shown("ada")).contains("grant-2");
        assertThat(shop.read("ada", GrantEntity::isAttributeDue)).isFalse();
    }

    @Test
    void aWorkerThatLosesTheLeaseBeforeTheWriteLeavesTheUserAlone() {
        AtomicInteger sessions = new AtomicInteger();
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenAnswer(call -> {
            if (sessions.incrementAndGet() == 2) {
                regranted("grant-2");
            }
            return shop.keycloak.session();
        });

        new AttributeSync(new Jobs(factory), shop.backoff, shop.clock, new AttributeWriter(shop.keycloak.attributes()))
                .write(row);

        assertThat(sessions).hasValue(2);
        assertThat(shop.shown("ada")).isEmpty();
    }

    private void regranted(String grantId) {
        shop.change("ada", changed -> {
            ConnectedGrant grant =
                    new ConnectedGrant(grantId, "ada@example.com", "oid-ada", "", Mailboxes.DEFAULT, shop.now());
            Transitions.connected(changed, grant, shop.now(), shop.now());
        });
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
