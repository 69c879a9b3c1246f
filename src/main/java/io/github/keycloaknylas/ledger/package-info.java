/** The rows of mailboxes, holds, identities, deletions and evidence, with their states and transitions. */
package io.github.keycloaknylas.ledger;
