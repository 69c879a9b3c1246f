package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweep corrects attributes that no longer show what the ledger says. */
@OnEveryDatabase
class SweptAttributeTest {

    private final DeliveryFixture fixture;

    SweptAttributeTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @BeforeEach
    void adaHasAGrant() {
        fixture.connected("ada", "grant-1");
    }

    private void sweep() {
        fixture.parts.sweep.step();
        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval());
        fixture.parts.attributes.writeDue();
    }

    @Test
    void anAttributeThatSomebodyChangedIsCorrected() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").attributes().put("nylas_grant_id", "forged");

        sweep();

        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void anAttributeThatSomebodyRemovedIsWrittenAgain() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").attributes().clear();

        sweep();

        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void aStatusThatSomebodyChangedIsCorrected() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").attributes().put("nylas_grant_status", "held");

        sweep();

        assertThat(fixture.status("ada")).contains("connected");
    }

    @Test
    void theStatusOfAMailboxWithoutAGrantIdIsCorrectedToo() {
        Mailboxes.hold(fixture, "ada");
        fixture.parts.attributes.writeDue();
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").attributes().clear();

        sweep();

        assertThat(fixture.keycloak.user(DeliveryFixture.REALM, "ada").attributes())
                .isEqualTo(Map.of("nylas_grant_status", "held"));
    }

    @Test
    void attributesThatAreRightAreNotWrittenAgain() {
        fixture.parts.sweep.step();

        assertThat(fixture.read("ada", GrantEntity::isAttributeDue)).isFalse();
        assertThat(fixture.changes).hasSize(1);
    }

    @Test
    void aStatusThatIsRightWithoutAGrantIdIsNotWrittenAgain() {
        Mailboxes.hold(fixture, "ada");
        fixture.parts.attributes.writeDue();

        fixture.parts.sweep.step();

        assertThat(fixture.read("ada", GrantEntity::isAttributeDue)).isFalse();
    }

    @Test
    void anAttributeThatWasRenamedMoves() {
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("attribute", "mailbox_grant"));

        sweep();

        assertThat(fixture.keycloak.user(DeliveryFixture.REALM, "ada").attributes())
                .isEqualTo(Map.of("mailbox_grant", "grant-1", "mailbox_grant_status", "connected"));
    }
}
