package io.github.keycloaknylas.model;

import io.github.keycloaknylas.support.store.FakeKeycloak;
import java.util.HashMap;
import java.util.Map;

/** How an administrator has left a realm's provider. */
enum ProviderSetup {
    STANDARD(Map.of()),
    RENEWING_DAILY(Map.of("maximumAgeDays", "1")),
    FOR_ANOTHER_CLIENT(Map.of("clients", "another-app")),
    AT_ANOTHER_APPLICATION(Map.of("connection", "other")),
    WITHOUT_MAPPER(null),
    GONE(null);

    private final Map<String, String> settings;

    ProviderSetup(Map<String, String> settings) {
        this.settings = settings;
    }

    void apply(FakeKeycloak keycloak, String realm, String alias) {
        if (hasMapper()) {
            keycloak.provider(realm, alias, settings);
        } else if (this == WITHOUT_MAPPER) {
            keycloak.bareProvider(realm, alias);
        } else {
            keycloak.removeProvider(realm, alias);
        }
    }

    boolean hasMapper() {
        return settings != null;
    }

    /** Whether the logins of these cases get a grant. */
    boolean admits() {
        return hasMapper() && this != FOR_ANOTHER_CLIENT;
    }

    Map<String, String> settings() {
        return new HashMap<>(settings);
    }
}
