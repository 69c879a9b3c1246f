package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;

/**
 * A connector credential: another app registration that {@code settings.credential_id} may name.
 *
 * @param id a UUID
 * @param name what the Nylas dashboard shows
 * @param client the app registration; the API never gives any of it back
 * @param createdAt when it was created
 */
public record Credential(String id, String name, OAuthClient client, Instant createdAt) {}
