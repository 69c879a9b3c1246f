package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** Evidence is used up only once nothing can bring its mailbox back that was there before. */
@OnEveryDatabase
class EvidenceOrderTest {

    private final Workshop shop;

    EvidenceOrderTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @Test
    void anUnlinkWaitsForTheCaptureOfALoginThatCompletedBefore() {
        shop.signedIn("ada", "token-1", shop.now());
        shop.unlinked("ada");

        shop.parts.evidence.process();
        shop.parts.merger.merge();
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(evidence()).isEmpty();
    }

    @Test
    void aRemovedUserWaitsForTheVersionThatKnowsTheirState() {
        shop.connected("ada", "grant-1");
        state("DECLINED_BY_A_NEWER_VERSION");
        shop.unlink("ada");
        shop.evidence(EvidenceEntity.userRemoved(Workshop.REALM, "ada", shop.now()));

        shop.parts.evidence.process();

        assertThat(evidence()).hasSize(1);
        state(GrantState.CONNECTED.name());
        shop.parts.evidence.process();
        assertThat(shop.deletion("grant-1", DeletionEntity::isDone)).contains(false);
        assertThat(evidence()).isEmpty();
    }

    @Test
    void aGrantIsDeletedThoughItsAccountIsLinkedOnceTheUserHasAnother() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        shop.parts.evidence.process();
        shop.link("ada", "ada");
        shop.clock.forward(Workshop.GRACE);
        shop.delete();
        assertThat(shop.deletion("grant-1", DeletionEntity::isDone)).contains(false);

        shop.signedIn("ada", "token-2", shop.now());
        shop.parts.merger.merge();
        shop.connects(new Answer.Done<>(Workshop.grant("grant-2", "ada"), "request-2"));
        shop.handOver();
        shop.clock.forward(Workshop.GRACE);
        shop.delete();

        assertThat(shop.deletion("grant-1", DeletionEntity::isDone)).contains(true);
    }

    private List<Evidence.Cursor> evidence() {
        return shop.jobs.call(session -> Evidence.of(session).after(Evidence.Cursor.START, 10));
    }

    private void state(String state) {
        shop.jobs.run(session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            em.createQuery("update GrantEntity g set g.state = :state")
                    .setParameter("state", state)
                    .executeUpdate();
        });
    }
}
