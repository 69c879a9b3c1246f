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

    /** Before {@link DeliveryFixture#ALIAS} in the alphabet. */
    private static final Mailbox FIRST = new Mailbox(DeliveryFixture.REALM, "entra", "ada");

    private final DeliveryFixture fixture;

    AttributeWriterTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private Map<String, String> attributes(String user) {
        return fixture.keycloak.user(DeliveryFixture.REALM, user).attributes();
    }

    private void attribute(String alias, String name) {
        fixture.keycloak.provider(DeliveryFixture.REALM, alias, Map.of("attribute", name));
    }

    private void connectedFirst(String grantId) {
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", "entra", "ada");
        fixture.connected(FIRST, "ada", grantId);
    }

    private void unlinkFirst() {
        fixture.keycloak.unlink(DeliveryFixture.REALM, "ada", "entra");
        fixture.evidence(EvidenceEntity.linkRemoved(FIRST, "ada", fixture.now()));
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
    }

    @Test
    void theMapperNamesTheAttribute() {
        attribute(DeliveryFixture.ALIAS, "mailbox_grant");

        fixture.connected("ada", "grant-1");

        assertThat(attributes("ada"))
                .isEqualTo(Map.of("mailbox_grant", "grant-1", "mailbox_grant_status", "connected"));
    }

    @Test
    void ofTwoMailboxesTheProviderThatComesFirstInTheAlphabetIsShown() {
        attribute("entra", "nylas_grant_id");
        fixture.connected("ada", "grant-1");
        connectedFirst("grant-2");

        assertThat(fixture.shown("ada")).contains("grant-2");
    }

    @Test
    void whereTheShownMailboxEndsTheRemainingGrantIsShown() {
        attribute("entra", "nylas_grant_id");
        fixture.connected("ada", "grant-1");
        connectedFirst("grant-2");

        unlinkFirst();

        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void whereTheOtherMailboxEndsTheShownGrantStays() {
        attribute("entra", "nylas_grant_id");
        fixture.connected("ada", "grant-1");
        connectedFirst("grant-2");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");

        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).contains("grant-2");
    }

    @Test
    void whereBothMailboxesEndNothingIsShown() {
        attribute("entra", "nylas_grant_id");
        fixture.connected("ada", "grant-1");
        connectedFirst("grant-2");
        unlinkFirst();
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");

        fixture.parts.attributes.writeDue();

        assertThat(attributes("ada")).isEmpty();
    }

    @Test
    void providersWithAttributesOfTheirOwnDoNotMeet() {
        attribute("entra", "second_grant");
        fixture.connected("ada", "grant-1");
        connectedFirst("grant-2");
        assertThat(attributes("ada"))
                .isEqualTo(Map.of(
                        "nylas_grant_id",
                        "grant-1",
                        "nylas_grant_status",
                        "connected",
                        "second_grant",
                        "grant-2",
                        "second_grant_status",
                        "connected"));

        unlinkFirst();

        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_id", "grant-1", "nylas_grant_status", "connected"));
    }

    @Test
    void aRenamedAttributeMovesWithTheNextSignIn() {
        fixture.connected("ada", "grant-1");
        attribute(DeliveryFixture.ALIAS, "mailbox_grant");
        fixture.clock.forward(Duration.ofSeconds(1));

        fixture.connected("ada", "grant-1");

        assertThat(attributes("ada"))
                .isEqualTo(Map.of("mailbox_grant", "grant-1", "mailbox_grant_status", "connected"));
    }

    @Test
    void aMovedMailboxIsTakenFromItsOldUser() {
        fixture.connected("ada", "grant-1");
        fixture.unlink("ada");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada-2");
        fixture.link("ada-2", "ada");
        fixture.clock.forward(Duration.ofSeconds(1));

        fixture.connected(DeliveryFixture.mailbox("ada"), "ada-2", "grant-1");

        assertThat(attributes("ada")).isEmpty();
        assertThat(attributes("ada-2"))
                .isEqualTo(Map.of("nylas_grant_id", "grant-1", "nylas_grant_status", "connected"));
    }

    @Test
    void whatAnotherMapperWroteIsNotTakenBack() {
        fixture.connected("ada", "grant-1");
        attributes("ada").put("nylas_grant_id", "of another mapper");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");

        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).contains("of another mapper");
    }

    @Test
    void whereTheMapperIsGoneTheAttributeIsStillTakenBack() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.bareProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");

        fixture.parts.attributes.writeDue();

        assertThat(attributes("ada")).isEmpty();
    }
}
