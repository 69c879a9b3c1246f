package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rows in a real database, each change and each query in a transaction of its own. */
abstract class LedgerTestBase {

    static final long NOW = 1_000_000;
    static final ExpectedIdentity ADA = person("ada");

    final TestDatabase database;

    LedgerTestBase(Engine engine) {
        database = TestDatabase.empty(engine);
    }

    static ExpectedIdentity person(String name) {
        return new ExpectedIdentity("oid-" + name, null, name + "@example.com", null, null);
    }

    static Mailbox mailbox(String subject) {
        return new Mailbox("realm", "microsoft", subject);
    }

    static SealedToken token(long capturedAt) {
        return new SealedToken("sealed", "server:k", capturedAt);
    }

    static ConnectedGrant grant(String id) {
        return grant(id, "application-1");
    }

    static ConnectedGrant grant(String id, String application) {
        return new ConnectedGrant(
                id, "ada@example.com", "oid-ada", "Mail.Read User.Read", connection(application, null), 7L);
    }

    static GrantConnection connection(String application, String credential) {
        return new GrantConnection("https://api.us.nylas.com", application, credential, "default", "option:k");
    }

    static void waiting(GrantEntity row, long since) {
        Transitions.merge(row, token(since), ADA, row.userId(), since);
    }

    static void connected(GrantEntity row, String grantId) {
        waiting(row, 5);
        Transitions.connected(row, grant(grantId), 5, NOW);
    }

    final <T> T query(Function<EntityManager, T> work) {
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            try {
                T result = work.apply(em);
                em.getTransaction().commit();
                return result;
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }

    final <T> T inTransaction(Function<Ledger, T> work) {
        return query(em -> work.apply(new Ledger(em)));
    }

    /** The ID of a new row, whose user is called like the subject. */
    final String row(String subject, Consumer<GrantEntity> change) {
        return row(mailbox(subject), "user-" + subject, change);
    }

    final String row(Mailbox mailbox, String userId, Consumer<GrantEntity> change) {
        return inTransaction(ledger -> {
            GrantEntity row = ledger.create(mailbox, userId, NOW);
            change.accept(row);
            return row.id();
        });
    }

    final <T> T read(String id, Function<GrantEntity, T> look) {
        return query(em -> look.apply(em.find(GrantEntity.class, id)));
    }

    final void change(String id, Consumer<GrantEntity> change) {
        query(em -> {
            change.accept(em.find(GrantEntity.class, id));
            return null;
        });
    }

    final void inState(String id, String state) {
        change(id, row -> row.state = state);
    }

    /** An administrator or the user unlinks the account. */
    final void end(String id, long dueAt) {
        inTransaction(ledger -> {
            ledger.end(ledger.byId(id).orElseThrow(), DeletionReason.UNLINKED, dueAt, NOW);
            return null;
        });
    }

    final <T> T deletions(Function<Deletions, T> look) {
        return query(em -> look.apply(new Deletions(em)));
    }
}
