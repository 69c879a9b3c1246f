package io.github.keycloaknylas.testkit.nylas;

/**
 * A Microsoft app registration as a Nylas connector or credential holds it.
 *
 * @param clientId the application (client) ID
 * @param clientSecret the secret's <em>value</em>, not its ID
 */
public record OAuthClient(String clientId, String clientSecret) {

    @Override
    public String toString() {
        return "OAuthClient[" + clientId + "]";
    }
}
