/**
 * The comparison of the ledger with Keycloak, a few mailboxes at a time: links that are gone, users who may no longer
 * have a grant, and identity providers that no longer exist.
 */
package io.github.keycloaknylas.sweep;
