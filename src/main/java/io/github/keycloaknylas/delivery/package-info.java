/**
 * Merging, leases, calls, evidence, deletion, notices, attribute sync, reconciliation and cleanup: everything that
 * the workers do.
 */
package io.github.keycloaknylas.delivery;
