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

    private static final Mailbox ELSEWHERE = new Mailbox(Workshop.REALM, "entra", "ada");

    private final Workshop shop;

    RemovedUserTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private void process() {
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();
    }

    private boolean isQueued(String grantId) {
        return shop.deletion(grantId, deletion -> true).isPresent();
    }

    private void connectedElsewhere(String grantId) {
        shop.keycloak.provider(Workshop.REALM, "entra", Map.of());
        shop.keycloak.link(Workshop.REALM, "ada", "entra", "ada");
        shop.connected(ELSEWHERE, "ada", grantId);
    }

    @Test
    void aRemovedUserLosesAllMailboxes() {
        shop.connected("ada", "grant-1");
        connectedElsewhere("grant-2");
        shop.keycloak.removeUser(Workshop.REALM, "ada");
        shop.evidence(EvidenceEntity.userRemoved(Workshop.REALM, "ada", shop.now()));

        process();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.read(ELSEWHERE, GrantEntity::id)).isNull();
        assertThat(isQueued("grant-1")).isTrue();
        assertThat(isQueued("grant-2")).isTrue();
    }

    @Test
    void aRemovedUsersOtherMailboxesDoNotWaitForTheOneThatIsBeingHandedOver() {
        shop.connected("ada", "grant-1");
        connectedElsewhere("grant-2");
        shop.signedIn("ada", "token-2", shop.now() + 1);
        shop.signedIn(ELSEWHERE, Workshop.identity("ada"), "token-2", shop.now() + 1, "ada");
        shop.parts.merger.merge();
        LeasedRow leased = shop.parts.leases.next().orElseThrow();
        shop.keycloak.removeUser(Workshop.REALM, "ada");
        shop.evidence(EvidenceEntity.userRemoved(Workshop.REALM, "ada", shop.now()));

        process();

        Mailbox busy = leased.rowId().equals(shop.read("ada", GrantEntity::id)) ? Workshop.mailbox("ada") : ELSEWHERE;
        assertThat(shop.read(busy, GrantEntity::ownGrant).map(ConnectedGrant::grantId))
                .isPresent();
        assertThat(isQueued("grant-1")).isNotEqualTo(isQueued("grant-2"));
    }
}
