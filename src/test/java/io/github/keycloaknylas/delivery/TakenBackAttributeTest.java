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

    private final DeliveryFixture fixture;

    TakenBackAttributeTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @Test
    void aMailboxThatEndedIsRemovedOnceItsAttributeIsTakenBack() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(true);
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");
        fixture.parts.attributes.writeDue();
        assertThat(fixture.exists("ada")).isTrue();

        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(false);
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.exists("ada")).isFalse();
    }

    @Test
    void aUserOrRealmThatIsGoneHasNothingToShow() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.removeUser(DeliveryFixture.REALM, "ada");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");
        fixture.parts.attributes.writeDue();
        assertThat(fixture.exists("ada")).isFalse();

        fixture.person("eve");
        fixture.connected("eve", "grant-2");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "eve");
        fixture.keycloak.removeRealm(DeliveryFixture.REALM);
        fixture.parts.attributes.writeDue();
        assertThat(fixture.exists("eve")).isFalse();
    }

    @Test
    void aMailboxThatStillHoldsSomethingIsNotRemoved() {
        fixture.transactions.run(session -> {
            GrantEntity row = Ledger.of(session).create(DeliveryFixture.mailbox("ada"), "ada", fixture.now());
            Transitions.attributeDue(row, fixture.now());
        });
        fixture.waiting("ada", "token");

        fixture.parts.attributes.writeDue();

        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
    }
}
