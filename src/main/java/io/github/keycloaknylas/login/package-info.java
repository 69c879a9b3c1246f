/**
 * The event listener that marks the captures of a completed login, and the evidence of removed links and users. It
 * notifies {@code delivery} and calls nothing else of it.
 */
package io.github.keycloaknylas.login;
