package io.github.keycloaknylas.it;

import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.DatabaseServer;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.MariaDatabase;
import io.github.keycloaknylas.testkit.server.SharedServer;

/** A Keycloak on a real MariaDB, whose collation ignores case, accents and trailing spaces. */
final class MariaStage {

    private static DatabaseServer mariadb;
    private static OurTables tables;

    private static final SharedServer SERVER = new SharedServer(() -> {
        Database database = mariadb().create();
        tables = new OurTables(mariadb().look(database));
        return Stage.options("mariadb").database(database).build();
    });

    private MariaStage() {}

    static synchronized DatabaseServer mariadb() {
        if (mariadb == null) {
            mariadb = MariaDatabase.orSkip("Keycloak on MariaDB");
        }
        return mariadb;
    }

    static KeycloakServer keycloak() {
        return SERVER.get();
    }

    static OurTables tables() {
        keycloak();
        return tables;
    }
}
