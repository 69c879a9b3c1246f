package io.github.keycloaknylas.mail;

/**
 * What an administrator has to do with at a mail provider, in the provider's own words.
 *
 * @param application what the provider calls a registered client, for instance <em>Google Cloud project</em>; without
 *     an article
 * @param permissions where a scope has to be permitted besides Keycloak, to follow <em>Add it to</em>
 * @param noRefreshToken what to change if a response has no refresh token, as sentences
 */
public record ProviderWords(String application, String permissions, String noRefreshToken) {}
