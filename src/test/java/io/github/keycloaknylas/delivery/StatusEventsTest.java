package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.attributes.StatusChange;
import io.github.keycloaknylas.attributes.StatusEvents;
import io.github.keycloaknylas.attributes.UserEvents;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.ShownStatus;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each change of a shown status is one user event, sent once the attribute is committed. */
@OnEveryDatabase
class StatusEventsTest {

    private static final Optional<ShownStatus> NOTHING = Optional.empty();
    private static final Optional<ShownStatus> CONNECTED = Optional.of(ShownStatus.CONNECTED);
    private static final Optional<ShownStatus> RECONNECT = Optional.of(ShownStatus.RECONNECT);

    private final DeliveryFixture fixture;

    StatusEventsTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private static StatusChange change(String user, Optional<ShownStatus> before, Optional<ShownStatus> after) {
        return new StatusChange(
                DeliveryFixture.REALM, DeliveryFixture.REALM + "-name", user, DeliveryFixture.ALIAS, before, after);
    }

    private AttributeSync sync(UserEvents events) {
        return new AttributeSync(
                fixture.transactions,
                fixture.backoff,
                fixture.clock,
                new AttributeWriter(fixture.keycloak.attributes()),
                new StatusEvents(fixture.transactions, events, fixture.warnings));
    }

    @Test
    void eachChangeIsReportedWithTheStatusBefore() {
        fixture.connected("ada", "grant-1");
        fixture.change("ada", row -> Transitions.outlived(row, fixture.now()));
        fixture.parts.attributes.writeDue();
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");
        fixture.parts.attributes.writeDue();

        assertThat(fixture.changes)
                .containsExactly(
                        change("ada", NOTHING, CONNECTED),
                        change("ada", CONNECTED, RECONNECT),
                        change("ada", RECONNECT, NOTHING));
    }

    @Test
    void aWriteThatChangesNoStatusIsNotReported() {
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofSeconds(1));

        fixture.connected("ada", "grant-1");
        fixture.change("ada", row -> Transitions.attributeDue(row, fixture.now()));
        fixture.parts.attributes.writeDue();

        assertThat(fixture.changes).hasSize(1);
    }

    @Test
    void aMovedMailboxIsReportedForBothUsers() {
        fixture.connected("ada", "grant-1");
        fixture.unlink("ada");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada-2");
        fixture.link("ada-2", "ada");
        fixture.clock.forward(Duration.ofSeconds(1));

        fixture.connected(DeliveryFixture.mailbox("ada"), "ada-2", "grant-1");

        assertThat(fixture.changes)
                .containsExactly(
                        change("ada", NOTHING, CONNECTED),
                        change("ada", CONNECTED, NOTHING),
                        change("ada-2", NOTHING, CONNECTED));
    }

    @Test
    void whatSomebodyElseWroteIsNotRepeatedInTheEvent() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").attributes().put("nylas_grant_status", "ada@example.com");

        fixture.connected("ada", "grant-1");

        assertThat(fixture.changes).containsExactly(change("ada", NOTHING, CONNECTED));
    }

    @Test
    void aRemovedUserHasNoStatusThatCouldChange() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.removeUser(DeliveryFixture.REALM, "ada");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");

        fixture.parts.attributes.writeDue();

        assertThat(fixture.changes).containsExactly(change("ada", NOTHING, CONNECTED));
    }

    @Test
    void theAttributeIsCommittedBeforeTheEventIsSent() {
        Mailboxes.connected(fixture, "ada");
        List<Boolean> due = new ArrayList<>();

        sync((session, realm, change) -> due.add(fixture.read("ada", GrantEntity::isAttributeDue)))
                .writeDue();

        assertThat(due).containsExactly(false);
    }

    @Test
    void aFailingEventLeavesTheAttributeAndTheLedgerAsTheyAreAndIsLogged() {
        Mailboxes.connected(fixture, "ada");

        sync((session, realm, change) -> {
                    throw new IllegalStateException("no event store");
                })
                .writeDue();

        assertThat(fixture.status("ada")).contains("connected");
        assertThat(fixture.read("ada", GrantEntity::isAttributeDue)).isFalse();
        verify(fixture.warnings)
                .warn(
                        eq(DeliveryFixture.REALM + "-name"),
                        eq(DeliveryFixture.ALIAS),
                        contains("java.lang.IllegalStateException"));
    }

    @Test
    void aRealmThatIsGoneByThenHasNoEvents() {
        Mailboxes.connected(fixture, "ada");
        StatusEvents events = fixture.statusEvents();
        fixture.keycloak.removeRealm(DeliveryFixture.REALM);

        events.send(change("ada", NOTHING, CONNECTED));

        assertThat(fixture.changes).isEmpty();
        verifyNoInteractions(fixture.warnings);
    }
}
