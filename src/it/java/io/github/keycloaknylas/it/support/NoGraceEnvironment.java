package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.StatementLog;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SharedServer;

/** A Keycloak on PostgreSQL that deletes without a grace: what may be deleted is deleted within seconds. */
public final class NoGraceEnvironment {

    public static final OurTables TABLES;
    public static final StatementLog STATEMENTS;

    private static final SharedServer SERVER;

    static {
        Database database = PostgresEnvironment.POSTGRES.create();
        TABLES = new OurTables(PostgresEnvironment.POSTGRES.look(database));
        STATEMENTS = PostgresEnvironment.POSTGRES.statements(database);
        SERVER = new SharedServer(() -> TestEnvironment.options("no-grace")
                .database(database)
                .spi("nylas-delivery", "default", "leaving-grace-hours", "0")
                .build());
    }

    private NoGraceEnvironment() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }
}
