package io.github.keycloaknylas.ledger;

/**
 * A grant as applications see it.
 *
 * @param alias alias of the identity provider; null for a grant that was made without one
 * @param grantId Nylas' ID of the grant
 * @param email mailbox address, or null
 * @param connected false if its user has to sign in again
 */
public record ShownGrant(String alias, String grantId, String email, boolean connected) {}
