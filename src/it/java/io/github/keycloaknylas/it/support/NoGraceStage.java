package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SharedServer;

/** A Keycloak on PostgreSQL that deletes without a grace: what may be deleted is deleted within seconds. */
public final class NoGraceStage {

    public static final OurTables TABLES;

    private static final SharedServer SERVER;

    static {
        Database database = PostgresStage.POSTGRES.create();
        TABLES = new OurTables(PostgresStage.POSTGRES.look(database));
        SERVER = new SharedServer(() -> Stage.options("no-grace")
                .database(database)
                .spi("nylas-delivery", "default", "leaving-grace-hours", "0")
                .build());
    }

    private NoGraceStage() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }
}
