/**
 * The endpoint for Nylas' notifications: proves who signed them and stores which grant they are about. It calls nobody
 * and looks up no user.
 */
package io.github.keycloaknylas.webhook;
