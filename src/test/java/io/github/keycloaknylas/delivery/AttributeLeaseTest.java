package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Transactions;
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

    private final DeliveryFixture fixture;
    private final AttributeSync sync;
    private final AttributeSync anotherNode;
    private String row;

    AttributeLeaseTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        sync = fixture.parts.attributes;
        anotherNode = fixture.node().attributes;
    }

    @BeforeEach
    void aGrantIsRecordedAndNotYetShown() {
        Mailboxes.connected(fixture, "ada");
        row = fixture.read("ada", GrantEntity::id);
    }

    @Test
    void duringAWriteNoOtherWorkerWritesTheSameAttribute() {
        AtomicInteger writes = duringTheFirstWrite(() -> {
            sync.write(row);
            anotherNode.write(row);
            anotherNode.writeDue();
        });

        sync.writeDue();

        // The grant ID and the status, once each.
        assertThat(writes).hasValue(2);
        assertThat(fixture.shown("ada")).contains("grant-of-ada");
        assertThat(fixture.read("ada", GrantEntity::isAttributeDue)).isFalse();
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

        fixture.clock.forward(AttributeSync.LEASE.minusMillis(1));
        anotherNode.writeDue();
        assertThat(fixture.shown("ada")).isEmpty();

        fixture.clock.forward(Duration.ofMillis(1));
        anotherNode.writeDue();
        assertThat(fixture.shown("ada")).contains("grant-of-ada");
    }

    @Test
    void aGrantThatChangesDuringAWriteIsShownWithoutAWait() {
        duringTheFirstWrite(() -> regranted("grant-2"));
        sync.write(row);

        sync.writeDue();

        assertThat(fixture.shown("ada")).contains("grant-2");
        assertThat(fixture.read("ada", GrantEntity::isAttributeDue)).isFalse();
    }

    @Test
    void aWorkerThatLosesTheLeaseBeforeTheWriteLeavesTheUserAlone() {
        AtomicInteger sessions = new AtomicInteger();
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenAnswer(call -> {
            if (sessions.incrementAndGet() == 2) {
                regranted("grant-2");
            }
            return fixture.keycloak.session();
        });

        new AttributeSync(
                        new Transactions(factory),
                        fixture.backoff,
                        fixture.clock,
                        new AttributeWriter(fixture.keycloak.attributes()),
                        fixture.statusEvents())
                .write(row);

        assertThat(sessions).hasValue(2);
        assertThat(fixture.shown("ada")).isEmpty();
    }

    @Test
    void theWorkerThatRecordsAGrantKeepsItsLeaseForTheAttribute() {
        fixture.person("eve");
        PreparedHandover handover = new Handovers(fixture).prepared("eve");
        new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE)
                .granted(handover, DeliveryFixture.APPLICATION, DeliveryFixture.grant("grant-of-eve", "eve"));

        anotherNode.writeDue();
        assertThat(fixture.shown("eve")).isEmpty();

        sync.write(handover);
        assertThat(fixture.shown("eve")).contains("grant-of-eve");
    }

    @Test
    void afterAKillBeforeTheWriteAnotherNodeWritesOnceTheLeaseOfTheHandoverIsOver() {
        fixture.person("eve");
        PreparedHandover handover = new Handovers(fixture).prepared("eve");
        new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE)
                .granted(handover, DeliveryFixture.APPLICATION, DeliveryFixture.grant("grant-of-eve", "eve"));

        fixture.clock.forward(DeliveryFixture.LEASE.minusMillis(1));
        anotherNode.writeDue();
        assertThat(fixture.shown("eve")).isEmpty();

        fixture.clock.forward(Duration.ofMillis(1));
        anotherNode.writeDue();
        assertThat(fixture.shown("eve")).contains("grant-of-eve");

        // The first worker was only slow.
        sync.write(handover);
        assertThat(fixture.read("eve", GrantEntity::isAttributeDue)).isFalse();
    }

    private void regranted(String grantId) {
        fixture.change("ada", changed -> {
            ConnectedGrant grant =
                    new ConnectedGrant(grantId, "ada@example.com", "oid-ada", "", Mailboxes.DEFAULT, fixture.now());
            Transitions.connected(changed, grant, fixture.now(), fixture.now());
        });
    }

    /** @return how many writes have begun */
    private AtomicInteger duringTheFirstWrite(Runnable step) {
        AtomicInteger writes = new AtomicInteger();
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").duringEachWrite(() -> {
            if (writes.incrementAndGet() == 1) {
                step.run();
            }
        });
        return writes;
    }
}
