package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.Evidence;
import jakarta.persistence.EntityManager;
import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** Looks at tables past the stores. */
final class Rows {

    private Rows() {}

    /** The number of rows of evidence that are not used up. */
    static int evidence(DeliveryFixture fixture) {
        return fixture.transactions.call(session ->
                Evidence.of(session).after(Evidence.Cursor.START, 1000).size());
    }

    /** Turns all rows into ones that only a newer version understands. */
    static void evidenceOfANewerVersion(DeliveryFixture fixture) {
        sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_EVIDENCE set EVIDENCE_TYPE = 'OF_A_NEWER_VERSION'")
                        .executeUpdate());
    }

    /** Turns all mailboxes into ones in a state that only a newer version understands. */
    static void grantsOfANewerVersion(DeliveryFixture fixture) {
        sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_GRANT set GRANT_STATE = 'OF_A_NEWER_VERSION'")
                        .executeUpdate());
    }

    /** Runs a statement in a transaction of its own. */
    static void sql(DeliveryFixture fixture, Consumer<EntityManager> statement) {
        fixture.transactions.run(session -> statement.accept(
                session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }
}
