package io.github.keycloaknylas.delivery;

/**
 * A worker's exclusive right to a row for a limited time.
 *
 * @param id of the row
 * @param token proves that the lease is still held when the result is recorded
 * @param lane in which the row was found
 * @param until when it ends, in milliseconds since the epoch
 */
record Lease(String id, String token, String lane, long until) {}
