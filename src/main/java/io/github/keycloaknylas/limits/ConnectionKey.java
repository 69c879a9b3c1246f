package io.github.keycloaknylas.limits;

import java.net.URI;

/**
 * One Nylas application at one address. Connections of one region have the same URL, so the URL alone does not
 * distinguish them.
 *
 * @param apiUrl base URL of the API
 * @param application ID of the application that the API key belongs to, as Nylas reports it
 */
public record ConnectionKey(URI apiUrl, String application) {}
