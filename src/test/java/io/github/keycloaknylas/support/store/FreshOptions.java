package io.github.keycloaknylas.support.store;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.keycloak.Config;

/** Gives the server's options back as other tests expect them: read from system properties. */
public final class FreshOptions implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        Config.init(new Config.SystemPropertiesConfigProvider());
    }
}
