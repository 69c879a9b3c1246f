package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweep corrects attributes that no longer show what the ledger says. */
@OnEveryDatabase
class SweptAttributeTest {

    private final Workshop shop;

    SweptAttributeTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @BeforeEach
    void adaHasAGrant() {
        shop.connected("ada", "grant-1");
    }

    private void sweep() {
        shop.parts.sweep.step();
        shop.clock.forward(Workshop.SETTINGS.lookInterval());
        shop.parts.attributes.writeDue();
    }

    @Test
    void anAttributeThatSomebodyChangedIsCorrected() {
        shop.keycloak.user(Workshop.REALM, "ada").attributes().put("nylas_grant_id", "forged");

        sweep();

        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void anAttributeThatSomebodyRemovedIsWrittenAgain() {
        shop.keycloak.user(Workshop.REALM, "ada").attributes().clear();

        sweep();

        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void anAttributeThatWasRenamedMoves() {
        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("attribute", "mailbox_grant"));

        sweep();

        assertThat(shop.keycloak.user(Workshop.REALM, "ada").attributes())
                .isEqualTo(Map.of("mailbox_grant", "grant-1"));
    }
}
