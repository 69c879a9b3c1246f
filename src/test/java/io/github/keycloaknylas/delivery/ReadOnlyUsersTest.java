package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** However many users cannot be written, the others do not wait for them. */
@OnEveryDatabase
class ReadOnlyUsersTest {

    private final DeliveryFixture fixture;
    private final int users;

    ReadOnlyUsersTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        // Several batches; each costs three transactions a user.
        users = engine == Engine.H2 ? 500 : 120;
    }

    @Test
    void aGrantIsShownInTheSameRunAsHundredsOfFailures() {
        String[] names = Mailboxes.named("read-only-", users);
        Mailboxes.connected(fixture, names);
        for (String name : names) {
            fixture.keycloak.user(DeliveryFixture.REALM, name).refuseWrites(true);
        }
        AttributeSync sync = new AttributeSync(
                new Transactions(fixture.keycloak.lightweightFactory()),
                fixture.backoff,
                fixture.clock,
                new AttributeWriter(fixture.keycloak.attributes()),
                fixture.statusEvents());
        fixture.clock.forward(Duration.ofMillis(1));
        Mailboxes.connected(fixture, "ada");

        sync.writeDue();

        assertThat(fixture.shown("ada")).contains("grant-of-ada");
        int due = fixture.transactions.call(
                session -> DueRows.of(session).attributesDue(fixture.now(), 10).size());
        assertThat(due).isZero();
    }
}
