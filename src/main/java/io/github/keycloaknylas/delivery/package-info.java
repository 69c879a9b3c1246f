/**
 * Merging, leases, calls, limits, circuit breakers, evidence, deletion, notices, attribute sync, sweep, reconciliation and cleanup:
 * everything that the workers do.
 */
package io.github.keycloaknylas.delivery;
