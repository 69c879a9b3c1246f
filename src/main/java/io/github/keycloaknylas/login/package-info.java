/**
 * The event listener that marks the captures of a completed login, and the evidence of removed links and users. It
 * wakes the workers and calls nothing else of {@code delivery}.
 */
package io.github.keycloaknylas.login;
