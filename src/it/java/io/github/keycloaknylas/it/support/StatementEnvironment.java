package io.github.keycloaknylas.it.support;

import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.support.database.StatementLog;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A Keycloak whose SQL statements are counted: nothing but a call of Delivery.wake wakes its workers. */
public final class StatementEnvironment {

    private static final SharedServer SERVER = new SharedServer(() -> TestEnvironment.options("statements")
            .database(PostgresEnvironment.POSTGRES.create())
            .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__POLL_SECONDS", "3600")
            .build());

    private StatementEnvironment() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }

    /** Until half a second passes without a statement. */
    public static void awaitSilence() {
        StatementLog log = PostgresEnvironment.POSTGRES.statements();
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(500)).until(() -> {
            long end = log.end();
            return last.getAndSet(end) == end;
        });
    }
}
