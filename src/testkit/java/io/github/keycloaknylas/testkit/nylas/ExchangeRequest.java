package io.github.keycloaknylas.testkit.nylas;

import java.util.List;

/**
 * A refresh-token grant at Microsoft's token endpoint.
 *
 * @param client whose client ID and secret are sent
 * @param tenant part of the token address
 * @param refreshToken the token handed to Nylas
 * @param scope the scopes to ask for; empty: the parameter is left out
 */
public record ExchangeRequest(OAuthClient client, String tenant, Secret refreshToken, List<String> scope) {

    public ExchangeRequest {
        scope = List.copyOf(scope);
    }
}
