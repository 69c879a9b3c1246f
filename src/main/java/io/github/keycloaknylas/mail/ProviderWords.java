package io.github.keycloaknylas.mail;

/**
 * A mail provider's own terms for what an administrator configures there.
 *
 * @param application what the provider calls a registered client, for instance <em>Google Cloud project</em>; without
 *     an article
 * @param permissions where a scope has to be permitted besides Keycloak, to follow <em>Add it to</em>
 * @param noRefreshToken what to change if a response has no refresh token, as sentences
 */
public record ProviderWords(String application, String permissions, String noRefreshToken) {}
