package io.github.keycloaknylas.it.support;

import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.support.database.StatementLog;
import io.github.keycloaknylas.support.database.Transaction;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A Keycloak whose SQL statements are counted: nothing but a call of Delivery.wake wakes its workers. */
public final class StatementEnvironment {

    private static final Database DATABASE = PostgresEnvironment.POSTGRES.create();
    private static final StatementLog STATEMENTS = PostgresEnvironment.POSTGRES.statements(DATABASE);
    private static final SharedServer SERVER = new SharedServer(() -> TestEnvironment.options("statements")
            .database(DATABASE)
            .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__POLL_SECONDS", "3600")
            .build());

    private StatementEnvironment() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }

    /** What this server executes meanwhile. */
    public static List<Transaction> transactionsDuring(Runnable work) {
        return STATEMENTS.transactionsDuring(work);
    }

    /** Until half a second passes without a statement of this server. */
    public static void awaitSilence() {
        AtomicLong last = new AtomicLong(STATEMENTS.end());
        await().pollInterval(Duration.ofMillis(500)).until(() -> {
            long end = STATEMENTS.end();
            return STATEMENTS.transactionsSince(last.getAndSet(end)).isEmpty();
        });
    }
}
