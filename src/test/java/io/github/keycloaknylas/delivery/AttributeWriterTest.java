package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The attribute shows what the ledger says, whoever wrote it last. */
@OnEveryDatabase
class AttributeWriterTest {

    /** Before {@link Workshop#ALIAS} in the alphabet. */
    private static final Mailbox FIRST = new Mailbox(Workshop.REALM, "entra", "ada");

    private final Workshop shop;

    AttributeWriterTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private Map<String, String> attributes(String user) {
        return shop.keycloak.user(Workshop.REALM, user).attributes();
    }

    private void attribute(String alias, String name) {
        shop.keycloak.provider(Workshop.REALM, alias, Map.of("attribute", name));
    }

    private void connectedFirst(String grantId) {
        shop.keycloak.link(Workshop.REALM, "ada", "entra", "ada");
        shop.connected(FIRST, "ada", grantId);
    }

    private void unlinkFirst() {
        shop.keycloak.unlink(Workshop.REALM, "ada", "entra");
        shop.evidence(EvidenceEntity.linkRemoved(FIRST, "ada", shop.now()));
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();
    }

    @Test
    void theMapperNamesTheAttribute() {
        attribute(Workshop.ALIAS, "mailbox_grant");

        shop.connected("ada", "grant-1");

        assertThat(attributes("ada")).isEqualTo(Map.of("mailbox_grant", "grant-1"));
    }

    @Test
    void ofTwoMailboxesTheProviderThatComesFirstInTheAlphabetIsShown() {
        attribute("entra", "nylas_grant_id");
        shop.connected("ada", "grant-1");
        connectedFirst("grant-2");

        assertThat(shop.shown("ada")).contains("grant-2");
    }

    @Test
    void whereTheShownMailboxEndsTheRemainingGrantIsShown() {
        attribute("entra", "nylas_grant_id");
        shop.connected("ada", "grant-1");
        connectedFirst("grant-2");

        unlinkFirst();

        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void whereTheOtherMailboxEndsTheShownGrantStays() {
        attribute("entra", "nylas_grant_id");
        shop.connected("ada", "grant-1");
        connectedFirst("grant-2");
        Mailboxes.end(shop, DeletionReason.UNLINKED, "ada");

        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).contains("grant-2");
    }

    @Test
    void whereBothMailboxesEndNothingIsShown() {
        attribute("entra", "nylas_grant_id");
        shop.connected("ada", "grant-1");
        connectedFirst("grant-2");
        unlinkFirst();
        Mailboxes.end(shop, DeletionReason.UNLINKED, "ada");

        shop.parts.attributes.writeDue();

        assertThat(attributes("ada")).isEmpty();
    }

    @Test
    void providersWithAttributesOfTheirOwnDoNotMeet() {
        attribute("entra", "second_grant");
        shop.connected("ada", "grant-1");
        connectedFirst("grant-2");
        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_id", "grant-1", "second_grant", "grant-2"));

        unlinkFirst();

        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_id", "grant-1"));
    }

    @Test
    void aRenamedAttributeMovesWithTheNextSignIn() {
        shop.connected("ada", "grant-1");
        attribute(Workshop.ALIAS, "mailbox_grant");
        shop.clock.forward(Duration.ofSeconds(1));

        shop.connected("ada", "grant-1");

        assertThat(attributes("ada")).isEqualTo(Map.of("mailbox_grant", "grant-1"));
    }

    @Test
    void aMovedMailboxIsTakenFromItsOldUser() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        shop.keycloak.user(Workshop.REALM, "ada-2");
        shop.link("ada-2", "ada");
        shop.clock.forward(Duration.ofSeconds(1));

        shop.connected(Workshop.mailbox("ada"), "ada-2", "grant-1");

        assertThat(attributes("ada")).isEmpty();
        assertThat(attributes("ada-2")).isEqualTo(Map.of("nylas_grant_id", "grant-1"));
    }

    @Test
    void whatAnotherMapperWroteIsNotTakenBack() {
        shop.connected("ada", "grant-1");
        attributes("ada").put("nylas_grant_id", "of another mapper");
        Mailboxes.end(shop, DeletionReason.UNLINKED, "ada");

        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).contains("of another mapper");
    }

    @Test
    void whereTheMapperIsGoneTheAttributeIsStillTakenBack() {
        shop.connected("ada", "grant-1");
        shop.keycloak.bareProvider(Workshop.REALM, Workshop.ALIAS);
        Mailboxes.end(shop, DeletionReason.UNLINKED, "ada");

        shop.parts.attributes.writeDue();

        assertThat(attributes("ada")).isEmpty();
    }
}
