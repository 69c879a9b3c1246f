package io.github.keycloaknylas.ledger;

/**
 * What was last written to a user.
 *
 * @param userId the user
 * @param name name of the attribute that shows the grant ID
 * @param value the grant ID; null if only the status was written
 */
public record WrittenAttribute(String userId, String name, String value) {}
