package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SharedServer;

/** A Keycloak whose SQL statements are counted: nothing but a nudge wakes its workers. */
public final class StatementStage {

    private static final SharedServer SERVER = new SharedServer(() -> Stage.options("statements")
            .database(PostgresStage.POSTGRES.create())
            .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__POLL_SECONDS", "3600")
            .build());

    private StatementStage() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }
}
