package io.github.keycloaknylas.support.store;

/** The databases that the store has to behave the same on. */
public enum Engine {
    H2,
    POSTGRESQL,
    MARIADB
}
