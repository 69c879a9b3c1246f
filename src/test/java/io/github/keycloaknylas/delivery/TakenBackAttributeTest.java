package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An attribute is taken back before the row of its mailbox goes. */
@OnEveryDatabase
class TakenBackAttributeTest {

    private final Workshop shop;

    TakenBackAttributeTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @Test
    void aMailboxThatEndedIsRemovedOnceItsAttributeIsTakenBack() {
        shop.connected("ada", "grant-1");
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(true);
        Mailboxes.end(shop, DeletionReason.UNLINKED, "ada");
        shop.parts.attributes.writeDue();
        assertThat(shop.exists("ada")).isTrue();

        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(false);
        shop.clock.forward(Duration.ofSeconds(1));
        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).isEmpty();
        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void aUserOrRealmThatIsGoneHasNothingToShow() {
        shop.connected("ada", "grant-1");
        shop.keycloak.removeUser(Workshop.REALM, "ada");
        Mailboxes.end(shop, DeletionReason.UNLINKED, "ada");
        shop.parts.attributes.writeDue();
        assertThat(shop.exists("ada")).isFalse();

        shop.person("eve");
        shop.connected("eve", "grant-2");
        Mailboxes.end(shop, DeletionReason.UNLINKED, "eve");
        shop.keycloak.removeRealm(Workshop.REALM);
        shop.parts.attributes.writeDue();
        assertThat(shop.exists("eve")).isFalse();
    }

    @Test
    void aMailboxThatStillHoldsSomethingIsNotRemoved() {
        shop.jobs.run(session -> {
            GrantEntity row = Ledger.of(session).create(Workshop.mailbox("ada"), "ada", shop.now());
            Transitions.attributeDue(row, shop.now());
        });
        shop.waiting("ada", "token");

        shop.parts.attributes.writeDue();

        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
    }
}
