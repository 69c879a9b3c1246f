package io.github.keycloaknylas.ledger;

/**
 * What was last written to a user.
 *
 * @param userId the user
 * @param name name of the attribute
 * @param value the grant ID
 */
public record WrittenAttribute(String userId, String name, String value) {}
