package io.github.keycloaknylas.limits;

/**
 * Due rows that depend on the same settings.
 *
 * @param lane hash of realm, provider alias and seal key
 */
public record SettingKey(String lane) {}
