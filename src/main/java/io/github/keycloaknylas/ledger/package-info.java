/**
 * The rows of mailboxes, holds, identities, deletions, evidence, webhooks, notices, nodes and history, with their
 * states and transitions, and the transactions of the workers.
 */
package io.github.keycloaknylas.ledger;
