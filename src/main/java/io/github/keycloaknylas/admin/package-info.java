/**
 * The root of the admin REST API with the set-up call, backfills, and the calls about connections, which ask Nylas:
 * webhooks, reconciliation, unknown grants.
 */
package io.github.keycloaknylas.admin;
