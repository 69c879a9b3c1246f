package io.github.keycloaknylas.delivery;

/**
 * Due rows that depend on the same settings.
 *
 * @param lane hash of realm, provider alias and seal key
 */
record SettingKey(String lane) {}
