package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A removed user loses the grants of all mailboxes. */
@OnEveryDatabase
class RemovedUserTest {

    private static final Mailbox ELSEWHERE = new Mailbox(DeliveryFixture.REALM, "entra", "ada");

    private final DeliveryFixture fixture;

    RemovedUserTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private void process() {
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
    }

    private boolean isQueued(String grantId) {
        return fixture.deletion(grantId, deletion -> true).isPresent();
    }

    private void connectedElsewhere(String grantId) {
        fixture.keycloak.provider(DeliveryFixture.REALM, "entra", Map.of());
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", "entra", "ada");
        fixture.connected(ELSEWHERE, "ada", grantId);
    }

    @Test
    void aRemovedUserLosesAllMailboxes() {
        fixture.connected("ada", "grant-1");
        connectedElsewhere("grant-2");
        fixture.keycloak.removeUser(DeliveryFixture.REALM, "ada");
        fixture.evidence(EvidenceEntity.userRemoved(DeliveryFixture.REALM, "ada", fixture.now()));

        process();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.read(ELSEWHERE, GrantEntity::id)).isNull();
        assertThat(isQueued("grant-1")).isTrue();
        assertThat(isQueued("grant-2")).isTrue();
    }

    @Test
    void aRemovedUsersOtherMailboxesDoNotWaitForTheOneThatIsBeingHandedOver() {
        fixture.connected("ada", "grant-1");
        connectedElsewhere("grant-2");
        fixture.signedIn("ada", "token-2", fixture.now() + 1);
        fixture.signedIn(ELSEWHERE, DeliveryFixture.identity("ada"), "token-2", fixture.now() + 1, "ada");
        fixture.parts.merger.merge();
        LeasedRow leased = fixture.parts.leases.next().orElseThrow();
        fixture.keycloak.removeUser(DeliveryFixture.REALM, "ada");
        fixture.evidence(EvidenceEntity.userRemoved(DeliveryFixture.REALM, "ada", fixture.now()));

        process();

        Mailbox busy = leased.rowId().equals(fixture.read("ada", GrantEntity::id))
                ? DeliveryFixture.mailbox("ada")
                : ELSEWHERE;
        assertThat(fixture.read(busy, GrantEntity::ownGrant).map(ConnectedGrant::grantId))
                .isPresent();
        assertThat(isQueued("grant-1")).isNotEqualTo(isQueued("grant-2"));
    }
}
