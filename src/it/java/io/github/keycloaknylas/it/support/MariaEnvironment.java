package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.support.database.DatabaseServer;
import io.github.keycloaknylas.support.database.MariaDatabase;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.SharedServer;

/** A Keycloak on a real MariaDB, whose collation ignores case, accents and trailing spaces. */
public final class MariaEnvironment {

    private static DatabaseServer mariadb;
    private static OurTables tables;

    private static final SharedServer SERVER = new SharedServer(() -> {
        Database database = mariadb().create();
        tables = new OurTables(mariadb().look(database));
        return TestEnvironment.options("mariadb").database(database).build();
    });

    private MariaEnvironment() {}

    public static synchronized DatabaseServer mariadb() {
        if (mariadb == null) {
            mariadb = MariaDatabase.orSkip("Keycloak on MariaDB");
        }
        return mariadb;
    }

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }

    public static OurTables tables() {
        keycloak();
        return tables;
    }
}
