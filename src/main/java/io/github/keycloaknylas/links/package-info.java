/**
 * Account links and user attributes as Keycloak's own storage holds them.
 *
 * <p>Nothing here asks a user directory. Looking a user up through Keycloak's user provider validates imported users,
 * which deletes those whose directory answers nothing, and finds nobody while a federation is disabled. A worker must
 * cause neither.
 */
package io.github.keycloaknylas.links;
