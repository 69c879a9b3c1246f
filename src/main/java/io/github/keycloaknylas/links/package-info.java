/**
 * Account links and the eligibility of users read from, and user attributes written to, Keycloak's own storage. Nothing
 * here asks a user directory, which could delete users or hide them while a federation is disabled.
 */
package io.github.keycloaknylas.links;
