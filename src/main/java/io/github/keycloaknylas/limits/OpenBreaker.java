package io.github.keycloaknylas.limits;

/**
 * A circuit breaker of this node that stops calls now.
 *
 * @param reason {@code unavailable}, {@code key_refused}, {@code credential_refused}, {@code setting_missing} or {@code
 *     paused}
 * @param apiUrl base URL of the API, or null if a setting is missing
 * @param application ID of the Nylas application, or null if a setting is missing
 * @param credential credential that was refused, or null
 * @param until when the next call is tried, in milliseconds since the epoch
 */
public record OpenBreaker(String reason, String apiUrl, String application, String credential, long until) {}
