package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rows in a real database, and a look at them, each in a transaction of its own. */
abstract class LedgerTestBase {

    static final long NOW = 1_000_000;
    static final ExpectedIdentity ADA = new ExpectedIdentity("oid-ada", null, "ada@example.com", null, null);

    final TestDatabase database;

    LedgerTestBase(Engine engine) {
        database = TestDatabase.empty(engine);
    }

    static Mailbox mailbox(String subject) {
        return new Mailbox("realm", "microsoft", subject);
    }

    final <T> T inTransaction(Function<Ledger, T> work) {
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            try {
                T result = work.apply(new Ledger(em));
                em.getTransaction().commit();
                return result;
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }

    final <T> Optional<T> optional(Function<Ledger, Optional<T>> look) {
        return inTransaction(look);
    }

    final <T> List<T> list(Function<Ledger, List<T>> look) {
        return inTransaction(look);
    }

    final boolean truth(Function<Ledger, Boolean> look) {
        return inTransaction(look);
    }

    final String text(Function<Ledger, String> look) {
        return inTransaction(look);
    }

    final ExpectedIdentity identity(Function<Ledger, ExpectedIdentity> look) {
        return inTransaction(look);
    }

    final String row(String subject, Consumer<GrantEntity> change) {
        return inTransaction(ledger -> {
            GrantEntity row = ledger.create(mailbox(subject), "user-" + subject);
            change.accept(row);
            return row.id();
        });
    }

    static void waiting(GrantEntity row, long since) {
        Transitions.merge(row, new SealedToken("sealed", "server:k", since), ADA, row.userId(), since);
    }

    static ConnectedGrant grant(String id, String fingerprint) {
        return new ConnectedGrant(
                id, "ada@example.com", "oid-ada", "Mail.Read User.Read", "default", fingerprint, "option:k", 7L);
    }
}
