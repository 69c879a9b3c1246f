/**
 * Everything particular to one mail provider, behind {@link io.github.keycloaknylas.mail.MailProvider}.
 *
 * <p>No other package names a provider. Another one is a class here or in a jar of its own, named in {@code
 * META-INF/services}.
 */
package io.github.keycloaknylas.mail;
