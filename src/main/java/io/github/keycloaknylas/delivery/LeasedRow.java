package io.github.keycloaknylas.delivery;

/**
 * A due row that a worker of this node has leased.
 *
 * @param rowId id of the row in the ledger
 * @param lease proves that the lease is still held when the result is recorded
 * @param lane in which the row was found
 * @param slot the worker's share of the realm while it reads settings
 */
record LeasedRow(String rowId, String lease, String lane, PreparationLimiter.Slot slot) {}
