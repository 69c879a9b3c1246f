package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The status attribute beside the grant ID says what the ledger says. */
@OnEveryDatabase
class StatusWriterTest {

    /** Before {@link DeliveryFixture#ALIAS} in the alphabet. */
    private static final Mailbox FIRST = new Mailbox(DeliveryFixture.REALM, "entra", "ada");

    private final DeliveryFixture fixture;

    StatusWriterTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private Map<String, String> attributes(String user) {
        return fixture.keycloak.user(DeliveryFixture.REALM, user).attributes();
    }

    private void attribute(String alias, String name) {
        fixture.keycloak.provider(DeliveryFixture.REALM, alias, Map.of("attribute", name));
    }

    private void connectedFirst() {
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", "entra", "ada");
        fixture.connected(FIRST, "ada", "grant-2");
    }

    private void outlived(String name) {
        fixture.change(name, row -> Transitions.outlived(row, fixture.now()));
        fixture.parts.attributes.writeDue();
    }

    private void held(String name) {
        Mailboxes.hold(fixture, name);
        fixture.parts.attributes.writeDue();
    }

    private void end(String name) {
        Mailboxes.end(fixture, DeletionReason.UNLINKED, name);
        fixture.parts.attributes.writeDue();
    }

    @Test
    void aConnectedGrantIsCalledConnected() {
        fixture.connected("ada", "grant-1");

        assertThat(fixture.status("ada")).contains("connected");
    }

    @Test
    void whereASignInIsNeededTheStatusIsReconnectAndTheGrantIdStays() {
        fixture.connected("ada", "grant-1");

        outlived("ada");

        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_id", "grant-1", "nylas_grant_status", "reconnect"));
    }

    @Test
    void aFirstTokenThatWasRefusedIsReconnectWithoutAGrantId() {
        fixture.waiting("ada", "token");

        outlived("ada");

        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_status", "reconnect"));
    }

    @Test
    void aGrantThatIsHeldBackIsHeldWithoutAGrantId() {
        fixture.connected("ada", "grant-1");

        held("ada");

        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_status", "held"));
    }

    @Test
    void aMailboxThatEndsTakesItsStatusBack() {
        fixture.connected("ada", "grant-1");

        end("ada");

        assertThat(attributes("ada")).isEmpty();
        assertThat(fixture.exists("ada")).isFalse();
    }

    @Test
    void aStatusThatCameWithoutAGrantIdIsTakenBackAsWell() {
        fixture.connected("ada", "grant-1");
        held("ada");

        end("ada");

        assertThat(attributes("ada")).isEmpty();
    }

    @Test
    void aMovedMailboxTakesItsStatusFromItsOldUserEvenWithoutAGrantId() {
        fixture.connected("ada", "grant-1");
        held("ada");
        fixture.unlink("ada");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada-2");
        fixture.link("ada-2", "ada");
        fixture.clock.forward(Duration.ofSeconds(1));

        fixture.connected(DeliveryFixture.mailbox("ada"), "ada-2", "grant-1");

        assertThat(attributes("ada")).isEmpty();
        assertThat(fixture.status("ada-2")).contains("connected");
    }

    @Test
    void aRenamedAttributeTakesTheStatusAlong() {
        fixture.connected("ada", "grant-1");
        held("ada");
        attribute(DeliveryFixture.ALIAS, "mailbox_id");
        fixture.change("ada", row -> Transitions.attributeDue(row, fixture.now()));

        fixture.parts.attributes.writeDue();

        assertThat(attributes("ada")).isEqualTo(Map.of("mailbox_status", "held"));
    }

    @Test
    void anAttributeThatIsRenamedToOneWithTheSameStatusAttributeChangesNoStatus() {
        attribute(DeliveryFixture.ALIAS, "mailbox");
        fixture.connected("ada", "grant-1");
        attribute(DeliveryFixture.ALIAS, "mailbox_id");
        fixture.change("ada", row -> Transitions.attributeDue(row, fixture.now()));

        fixture.parts.attributes.writeDue();

        assertThat(attributes("ada")).isEqualTo(Map.of("mailbox_id", "grant-1", "mailbox_status", "connected"));
        assertThat(fixture.changes).hasSize(1);
    }

    @Test
    void ofTwoMailboxesTheStatusIsThatOfTheGrantThatIsShown() {
        attribute("entra", "nylas_grant_id");
        fixture.connected("ada", "grant-1");
        connectedFirst();

        outlived("ada");
        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_id", "grant-2", "nylas_grant_status", "connected"));

        fixture.transactions.run(session -> Ledger.of(session)
                .find(FIRST)
                .ifPresent(row ->
                        Transitions.held(row, row.grant().orElseThrow(), Transitions.OTHER_MAILBOX, 0, fixture.now())));
        fixture.parts.attributes.writeDue();
        fixture.change("ada", row -> Transitions.attributeDue(row, fixture.now()));
        fixture.parts.attributes.writeDue();
        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_id", "grant-1", "nylas_grant_status", "reconnect"));
    }

    @Test
    void theStatusOfAnotherMailboxIsWrittenTogetherWithItsGrantId() {
        attribute("entra", "nylas_grant_id");
        fixture.connected("ada", "grant-1");
        connectedFirst();
        fixture.transactions.run(
                session -> Ledger.of(session).find(FIRST).ifPresent(row -> Transitions.outlived(row, fixture.now())));
        fixture.change("ada", row -> Transitions.attributeDue(row, fixture.now()));

        fixture.parts.attributes.write(fixture.read("ada", GrantEntity::id));
        assertThat(fixture.status("ada")).contains("connected");

        fixture.parts.attributes.writeDue();
        assertThat(fixture.status("ada")).contains("reconnect");
    }

    @Test
    void whereOneOfTwoMailboxesEndsTheStatusOfTheOtherIsShown() {
        attribute("entra", "nylas_grant_id");
        connectedFirst();
        fixture.connected("ada", "grant-1");
        outlived("ada");

        fixture.keycloak.unlink(DeliveryFixture.REALM, "ada", "entra");
        fixture.evidence(EvidenceEntity.linkRemoved(FIRST, "ada", fixture.now()));
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_id", "grant-1", "nylas_grant_status", "reconnect"));
    }

    @Test
    void aValueThatIsNoStatusIsNotTakenBack() {
        fixture.connected("ada", "grant-1");
        attributes("ada").put("nylas_grant_status", "of another mapper");

        end("ada");

        assertThat(attributes("ada")).isEqualTo(Map.of("nylas_grant_status", "of another mapper"));
    }

    @Test
    void withoutAMapperAStatusThatWasNeverShownWaitsForIt() {
        fixture.waiting("ada", "token");
        fixture.keycloak.bareProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        outlived("ada");
        assertThat(attributes("ada")).isEmpty();

        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of());
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.parts.attributes.writeDue();

        assertThat(fixture.status("ada")).contains("reconnect");
    }

    @Test
    void whereTheMapperIsGoneTheStatusIsStillTakenBack() {
        fixture.connected("ada", "grant-1");
        held("ada");
        fixture.keycloak.bareProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);

        end("ada");

        assertThat(attributes("ada")).isEmpty();
    }

    @Test
    void aStatusThatAMailboxOfANewerVersionMayShowIsNotTakenBack() {
        attribute("entra", "nylas_grant_id");
        fixture.connected("ada", "grant-1");
        connectedFirst();
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");
        new Handovers(fixture).inState(FIRST, "OF_A_NEWER_VERSION");
        fixture.changes.clear();

        fixture.parts.attributes.writeDue();

        assertThat(fixture.status("ada")).contains("connected");
        assertThat(fixture.changes).isEmpty();
    }

    @Test
    void aUserWhoCannotBeWrittenIsShownTheStatusLater() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(true);
        fixture.connected("ada", "grant-1");
        assertThat(fixture.status("ada")).isEmpty();
        assertThat(fixture.changes).isEmpty();

        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(false);
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.parts.attributes.writeDue();

        assertThat(fixture.status("ada")).contains("connected");
        assertThat(fixture.changes).hasSize(1);
    }
}
