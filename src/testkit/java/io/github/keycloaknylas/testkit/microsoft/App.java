package io.github.keycloaknylas.testkit.microsoft;

import java.util.Set;

/**
 * An app registration.
 *
 * @param clientId the application (client) ID
 * @param clientSecret the one secret it authenticates with
 * @param name name on the consent page
 * @param redirectUris the registered addresses, compared exactly; empty accepts any
 */
public record App(String clientId, String clientSecret, String name, Set<String> redirectUris) {

    /** The app that is registered from the start; it accepts any redirect address. */
    public static final App DEFAULT = of("4b1dc0de-0000-4000-8000-00000000a001", "fake-secret", "Keycloak and Nylas");

    public App {
        redirectUris = Set.copyOf(redirectUris);
    }

    /** Creates an app that accepts any redirect address. */
    public static App of(String clientId, String clientSecret, String name) {
        return new App(clientId, clientSecret, name, Set.of());
    }

    /** Returns the same app with a changed secret. */
    public App withSecret(String newSecret) {
        return new App(clientId, newSecret, name, redirectUris);
    }

    boolean accepts(String redirectUri) {
        return redirectUris.isEmpty() || redirectUris.contains(redirectUri);
    }
}
