package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.PostgresDatabase;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.Ports;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.time.Duration;

/**
 * A Keycloak on a real PostgreSQL, with few database connections, a short deadline and a fixed host name: for tests that
 * look into tables, kill and restart, let Nylas misbehave, and receive its notifications.
 */
public final class PostgresEnvironment {

    public static final int POOL = 4;
    public static final Duration DEADLINE = Duration.ofSeconds(2);
    public static final PostgresDatabase POSTGRES = PostgresDatabase.start();
    public static final OurTables TABLES;

    private static final SharedServer SERVER;

    static {
        Database database = POSTGRES.create();
        Ports ports = Ports.free();
        TABLES = new OurTables(POSTGRES.look(database));
        SERVER = new SharedServer(() -> SetUpConnections.addTo(
                        FaultEnvironment.addTo(TestEnvironment.options("postgres")))
                .database(database)
                .ports(ports)
                .option("hostname", "http://localhost:" + ports.http())
                .option("db-pool-initial-size", "1")
                .option("db-pool-min-size", "1")
                .option("db-pool-max-size", Integer.toString(POOL))
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__DEADLINE_SECONDS", Long.toString(DEADLINE.toSeconds()))
                .build());
    }

    private PostgresEnvironment() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }
}
