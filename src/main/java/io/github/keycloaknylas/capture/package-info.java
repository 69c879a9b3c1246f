/**
 * The identity-provider mapper, which reads token responses and writes what a completed login may hand over, sealed.
 * <em>Discard</em> and what a sign-in may know of Nylas' applications belong to it.
 */
package io.github.keycloaknylas.capture;
