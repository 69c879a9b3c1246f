/**
 * The part of the admin REST API that deals with mailboxes: lists and counts, and what administrators decide. It reads
 * and changes the ledger in the request's own transaction, and calls nobody.
 */
package io.github.keycloaknylas.management;
