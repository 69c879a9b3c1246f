package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.DatabaseServer;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.function.Supplier;

/** The databases on which the way of a grant is tested, each with a Keycloak that other tests use as well. */
public enum DatabaseEnvironment {
    H2(TestEnvironment::keycloak, none(), none()),
    POSTGRESQL(PostgresEnvironment::keycloak, () -> PostgresEnvironment.POSTGRES, () -> PostgresEnvironment.TABLES),
    MARIADB(MariaEnvironment::keycloak, MariaEnvironment::mariadb, MariaEnvironment::tables);

    private final Supplier<KeycloakServer> keycloak;
    private final Supplier<DatabaseServer> databases;
    private final Supplier<OurTables> tables;

    DatabaseEnvironment(
            Supplier<KeycloakServer> keycloak, Supplier<DatabaseServer> databases, Supplier<OurTables> tables) {
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
            throw new IllegalStateException("H2 is stored in the server's own file, which no other process can open");
        };
    }
}
