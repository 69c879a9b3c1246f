package io.github.keycloaknylas.ledger;

/**
 * The notices of a grant that one look answers.
 *
 * @param token of the lease
 * @param attempts number of looks that have failed for the one that has waited longest
 * @param receivedAt when the newest was received, in milliseconds since the epoch
 */
public record LeasedNotices(String token, int attempts, long receivedAt) {}
