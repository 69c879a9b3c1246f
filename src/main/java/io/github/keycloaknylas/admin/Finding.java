package io.github.keycloaknylas.admin;

/**
 * One thing that an administrator should know. Holds no secret.
 *
 * @param code the same for the same trouble in every release
 * @param provider alias of the identity provider, or null if the whole realm is meant
 * @param problem what is wrong
 * @param next what to do about it
 */
record Finding(String code, String provider, String problem, String next) {}
