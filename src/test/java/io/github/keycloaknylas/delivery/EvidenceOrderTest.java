package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** Evidence is used up only once nothing can bring its mailbox back that was there before. */
@OnEveryDatabase
class EvidenceOrderTest {

    private final DeliveryFixture fixture;

    EvidenceOrderTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @Test
    void anUnlinkWaitsForTheCaptureOfALoginThatCompletedBefore() {
        fixture.signedIn("ada", "token-1", fixture.now());
        fixture.unlinked("ada");

        fixture.parts.evidence.process();
        fixture.parts.merger.merge();
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(evidence()).isEmpty();
    }

    @Test
    void aRemovedUserWaitsForTheVersionThatKnowsTheirState() {
        fixture.connected("ada", "grant-1");
        state("DECLINED_BY_A_NEWER_VERSION");
        fixture.unlink("ada");
        fixture.evidence(EvidenceEntity.userRemoved(DeliveryFixture.REALM, "ada", fixture.now()));

        fixture.parts.evidence.process();

        assertThat(evidence()).hasSize(1);
        state(GrantState.CONNECTED.name());
        fixture.parts.evidence.process();
        assertThat(fixture.deletion("grant-1", DeletionEntity::isDone)).contains(false);
        assertThat(evidence()).isEmpty();
    }

    @Test
    void aGrantIsDeletedThoughItsAccountIsLinkedOnceTheUserHasAnother() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        fixture.link("ada", "ada");
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();
        assertThat(fixture.deletion("grant-1", DeletionEntity::isDone)).contains(false);

        fixture.signedIn("ada", "token-2", fixture.now());
        fixture.parts.merger.merge();
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-2", "ada"), "request-2"));
        fixture.handOver();
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();

        assertThat(fixture.deletion("grant-1", DeletionEntity::isDone)).contains(true);
    }

    private List<Evidence.Cursor> evidence() {
        return fixture.transactions.call(session -> Evidence.of(session).after(Evidence.Cursor.START, 10));
    }

    private void state(String state) {
        fixture.transactions.run(session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            em.createQuery("update GrantEntity g set g.state = :state")
                    .setParameter("state", state)
                    .executeUpdate();
        });
    }
}
