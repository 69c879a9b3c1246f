/**
 * The only package that uses HTTP: what is asked of Nylas, what is answered, and what a refusal means. It knows
 * nothing of Keycloak, and nothing it returns, throws or prints contains a refresh token, an API key or
 * a response body.
 */
package io.github.keycloaknylas.nylas;
