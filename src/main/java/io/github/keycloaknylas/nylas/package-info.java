/**
 * The only package that uses HTTP: what is asked of Nylas, what came back, and what a refusal means.
 *
 * <p>It knows nothing of Keycloak's users, rows or settings, and nothing it returns, throws or prints carries a refresh
 * token, an API key or a response body.
 */
package io.github.keycloaknylas.nylas;
