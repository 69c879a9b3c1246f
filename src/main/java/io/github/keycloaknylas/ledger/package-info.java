/**
 * The rows of mailboxes, holds, identities, deletions, evidence, webhooks, notices, nodes and history, with their
 * states and transitions.
 */
package io.github.keycloaknylas.ledger;
