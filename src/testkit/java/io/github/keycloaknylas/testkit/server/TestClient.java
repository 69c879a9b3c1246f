package io.github.keycloaknylas.testkit.server;

import java.net.URI;
import java.util.List;
import org.keycloak.representations.idm.ClientRepresentation;

/** The application people sign in to; a null secret makes it a public client. */
public record TestClient(String id, String secret, URI redirect) {

    /** An address without a listener: a sign-in ends as soon as Keycloak redirects the browser to it. */
    public static final URI REDIRECT = URI.create("http://app.test/callback");

    public static TestClient open() {
        return new TestClient("test-app", null, REDIRECT);
    }

    public static TestClient confidential() {
        return new TestClient("test-app", "test-app-secret", REDIRECT);
    }

    ClientRepresentation representation() {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(id);
        client.setPublicClient(secret == null);
        client.setSecret(secret);
        client.setRedirectUris(List.of(redirect.toString()));
        client.setDirectAccessGrantsEnabled(true);
        client.setFullScopeAllowed(true);
        return client;
    }
}
