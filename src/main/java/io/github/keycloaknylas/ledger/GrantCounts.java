package io.github.keycloaknylas.ledger;

/**
 * The grants of a Nylas application.
 *
 * @param grants how many there are
 * @param unknown how many of them no mailbox of this server has, and no deletion waits for
 */
public record GrantCounts(int grants, int unknown) {}
