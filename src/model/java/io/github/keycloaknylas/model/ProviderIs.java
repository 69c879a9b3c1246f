package io.github.keycloaknylas.model;

import io.github.keycloaknylas.support.store.PlayedKeycloak;
import java.util.HashMap;
import java.util.Map;

/** How an administrator has left a realm's provider. */
enum ProviderIs {
    WELL(Map.of()),
    RENEWING_DAILY(Map.of("maximumAgeDays", "1")),
    FOR_ANOTHER_CLIENT(Map.of("clients", "another-app")),
    WITHOUT_MAPPER(null),
    GONE(null);

    private final Map<String, String> settings;

    ProviderIs(Map<String, String> settings) {
        this.settings = settings;
    }

    void apply(PlayedKeycloak keycloak, String realm) {
        if (hasMapper()) {
            keycloak.provider(realm, World.ALIAS, settings);
        } else if (this == WITHOUT_MAPPER) {
            keycloak.bareProvider(realm, World.ALIAS);
        } else {
            keycloak.removeProvider(realm, World.ALIAS);
        }
    }

    boolean hasMapper() {
        return settings != null;
    }

    /** Whether the logins of these cases get a grant. */
    boolean admits() {
        return this == WELL || this == RENEWING_DAILY;
    }

    Map<String, String> settings() {
        return new HashMap<>(settings);
    }
}
