/**
 * The rows of mailboxes, holds, identities, deletions, evidence, webhooks and notices, with their states and
 * transitions.
 */
package io.github.keycloaknylas.ledger;
