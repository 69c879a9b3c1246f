package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.DatabaseServer;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.function.Supplier;

/** The databases that the way of a grant is proved on, each with a Keycloak that other tests use as well. */
public enum Where {
    H2(Stage::keycloak, none(), none()),
    POSTGRESQL(PostgresStage::keycloak, () -> PostgresStage.POSTGRES, () -> PostgresStage.TABLES),
    MARIADB(MariaStage::keycloak, MariaStage::mariadb, MariaStage::tables);

    private final Supplier<KeycloakServer> keycloak;
    private final Supplier<DatabaseServer> databases;
    private final Supplier<OurTables> tables;

    Where(Supplier<KeycloakServer> keycloak, Supplier<DatabaseServer> databases, Supplier<OurTables> tables) {
        this.keycloak = keycloak;
        this.databases = databases;
        this.tables = tables;
    }

    public KeycloakServer keycloak() {
        return keycloak.get();
    }

    /** For a Keycloak of a test's own. */
    public DatabaseServer databases() {
        return databases.get();
    }

    public OurTables tables() {
        return tables.get();
    }

    private static <T> Supplier<T> none() {
        return () -> {
            throw new IllegalStateException("H2 lies in the server's own file, which nobody else can open");
        };
    }
}
