package io.github.keycloaknylas.testkit.store;

/** The databases that the store has to behave the same on. */
public enum Engine {
    H2,
    POSTGRESQL,
    MARIADB
}
