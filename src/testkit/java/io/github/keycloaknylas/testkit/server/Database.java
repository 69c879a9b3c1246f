package io.github.keycloaknylas.testkit.server;

import java.util.List;

/** The database a Keycloak uses. */
public record Database(String kind, String name, List<String> arguments) {

    /**
     * An H2 file in the server's own directory; every commit is written at once, so that a killed server loses none.
     */
    public static Database h2() {
        return new Database("dev-file", "keycloakdb", List.of("--db-url-properties=;WRITE_DELAY=0"));
    }

    /** A running PostgreSQL, with an empty database or one of Keycloak. */
    public static Database postgres(String jdbcUrl, String user, String password) {
        return running("postgres", jdbcUrl, user, password);
    }

    /** A running MariaDB, with an empty database or one of Keycloak. */
    public static Database mariadb(String jdbcUrl, String user, String password) {
        return running("mariadb", jdbcUrl, user, password);
    }

    private static Database running(String kind, String jdbcUrl, String user, String password) {
        String name = jdbcUrl.replaceAll("[?].*|.*/", "");
        return new Database(
                kind, name, List.of("--db-url=" + jdbcUrl, "--db-username=" + user, "--db-password=" + password));
    }
}
