package io.github.keycloaknylas.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.AccessTokenResponse;

/**
 * The parts of the provider's token response that the extension needs. The {@code oidc} provider passes it to mappers
 * as an object, the social one as JSON text, and only while <em>Store tokens</em> is on.
 *
 * @param seen whether Keycloak exposed a token response at all
 * @param refreshToken the refresh token, if there is a usable one
 * @param scopes granted scopes; empty if the response did not name them
 */
record TokenResponse(boolean seen, Optional<String> refreshToken, Set<String> scopes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static TokenResponse of(BrokeredIdentityContext context) {
        Object parsed = context.getContextData().get(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE);
        if (parsed instanceof AccessTokenResponse response) {
            return new TokenResponse(true, usable(response.getRefreshToken()), words(response.getScope()));
        }
        if (context.getToken() == null) {
            return new TokenResponse(false, Optional.empty(), Set.of());
        }
        return ofJson(context.getToken());
    }

    private static TokenResponse ofJson(String text) {
        try {
            JsonNode response = JSON.readTree(text);
            return new TokenResponse(
                    true,
                    usable(response.path("refresh_token").textValue()),
                    words(response.path("scope").textValue()));
        } catch (JsonProcessingException e) {
            return new TokenResponse(true, Optional.empty(), Set.of());
        }
    }

    private static Optional<String> usable(String token) {
        return Optional.ofNullable(token).filter(text -> !text.isBlank());
    }

    private static Set<String> words(String scope) {
        return scope == null
                ? Set.of()
                : Stream.of(scope.split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return "TokenResponse[seen=" + seen + ", refresh token " + (refreshToken.isPresent() ? "there" : "missing")
                + "]";
    }
}
