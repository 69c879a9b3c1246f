package io.github.keycloaknylas.nylas;

/**
 * The Nylas application an API key belongs to (Nylas API reference: "Applications").
 *
 * @param id the application id: 1 to 255 visible ASCII characters
 * @param region {@code us} or {@code eu}, or null
 * @param environment for instance {@code production} or {@code sandbox}, or null
 */
public record NylasApplication(String id, String region, String environment) {}
