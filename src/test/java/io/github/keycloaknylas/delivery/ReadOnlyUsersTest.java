package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** However many users cannot be written, the others do not wait for them. */
@OnEveryDatabase
class ReadOnlyUsersTest {

    private final Workshop shop;
    private final int users;

    ReadOnlyUsersTest(Engine engine) {
        shop = new Workshop(engine);
        // Several batches; each costs three transactions a user.
        users = engine == Engine.H2 ? 500 : 120;
    }

    @Test
    void aGrantIsShownInTheSameRunAsHundredsOfFailures() {
        String[] names = Mailboxes.named("read-only-", users);
        Mailboxes.connected(shop, names);
        for (String name : names) {
            shop.keycloak.user(Workshop.REALM, name).refuseWrites(true);
        }
        AttributeSync sync = new AttributeSync(
                new Jobs(shop.keycloak.lightweightFactory()),
                shop.backoff,
                shop.clock,
                new AttributeWriter(shop.keycloak.attributes()));
        shop.clock.forward(Duration.ofMillis(1));
        Mailboxes.connected(shop, "ada");

        sync.writeDue();

        assertThat(shop.shown("ada")).contains("grant-of-ada");
        int due = shop.jobs.call(
                session -> DueRows.of(session).attributesDue(shop.now(), 10).size());
        assertThat(due).isZero();
    }
}
