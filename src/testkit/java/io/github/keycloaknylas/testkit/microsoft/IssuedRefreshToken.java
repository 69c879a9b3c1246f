package io.github.keycloaknylas.testkit.microsoft;

import java.time.Instant;

/**
 * A refresh token that was issued, whether still valid or not.
 *
 * @param value the token itself
 * @param accountId the {@link Account#id()} it was issued to
 * @param clientId the {@link App#clientId()} it was issued for
 * @param scope the scopes granted with it, space-separated as asked for
 * @param issuedAt when
 */
public record IssuedRefreshToken(String value, String accountId, String clientId, String scope, Instant issuedAt) {}
