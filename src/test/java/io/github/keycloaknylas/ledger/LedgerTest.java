package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.store.Engine;
import io.github.keycloaknylas.testkit.store.OnEveryDatabase;
import io.github.keycloaknylas.testkit.store.TestDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LedgerTest {

    private final TestDatabase database;

    LedgerTest(Engine engine) {
        database = TestDatabase.empty(engine);
    }

    @Test
    void smoke() {
        try (var em = database.entityManager()) {
            em.getTransaction().begin();
            new Ledger(em).create(new Mailbox("r", "a", "s"), "u");
            em.getTransaction().commit();
            assertThat(new Ledger(em).standing(new Mailbox("r", "a", "s"))).isPresent();
        }
    }
}
