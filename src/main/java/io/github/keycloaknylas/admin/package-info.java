/**
 * The root of the admin REST API: the set-up call and its checks, backfills, and the calls about connections, which
 * ask Nylas: webhooks, reconciliation, unknown grants.
 */
package io.github.keycloaknylas.admin;
