package io.github.keycloaknylas.testkit.microsoft;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The app registrations, by client ID. */
final class Apps {

    private final Map<String, App> byClientId = new ConcurrentHashMap<>();

    void register(App app) {
        byClientId.put(app.clientId(), app);
    }

    App named(String clientId) {
        App app = byClientId.get(clientId);
        if (app == null) {
            throw Aadsts.UNKNOWN_APP.refusal(clientId);
        }
        return app;
    }
}
