/**
 * Everything that differs between mail providers: kinds of identity providers, scopes, identity, error codes, words and
 * checks. No other package names a provider.
 */
package io.github.keycloaknylas.mail;
