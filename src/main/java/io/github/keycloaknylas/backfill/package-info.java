/**
 * The handover of refresh tokens that Keycloak had stored before the extension was installed: runs, their progress, and
 * the task that reads links page by page and queues what it finds.
 */
package io.github.keycloaknylas.backfill;
