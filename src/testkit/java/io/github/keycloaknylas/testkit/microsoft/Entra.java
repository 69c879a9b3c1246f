package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Handler;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.http.Router;

/** The state and the responses of Microsoft, independent of the transport: all transports share one. */
final class Entra {

    final Directory directory = new Directory();
    final Apps apps = new Apps();
    final Consents consents = new Consents();
    final RefreshTokens refreshTokens = new RefreshTokens();
    final TokenEndpoint tokens;
    private final AuthorizeEndpoint authorize;
    private final GraphEndpoint graph;
    private final IdTokens idTokens = new IdTokens();

    Entra() {
        Codes codes = new Codes();
        AccessTokens accessTokens = new AccessTokens();
        authorize = new AuthorizeEndpoint(directory, apps, consents, codes);
        graph = new GraphEndpoint(directory, accessTokens);
        tokens = new TokenEndpoint(
                new ClientAuthentication(apps), directory, consents, codes, refreshTokens, accessTokens, idTokens);
        DefaultAccounts.ALL.forEach(directory::put);
        apps.register(App.DEFAULT);
    }

    /** Serves callers that reach Microsoft under these addresses. */
    Handler under(EntraUrls urls) {
        Router<Handler> router = new Router<Handler>()
                .route("GET,POST", "/[^/]+/oauth2/v2.0/authorize", authorize)
                .route("POST", "/[^/]+/oauth2/v2.0/token", request -> tokens.answer(request, urls))
                .route("GET", "/[^/]+/discovery/v2.0/keys", request -> json(200, idTokens.jwks()))
                .route("GET", "/[^/]+/v2.0/.well-known/openid-configuration", new DiscoveryEndpoint(urls))
                .route("GET", "/v1.0/me/?", graph::me)
                .route("GET,POST", "/oidc/userinfo", graph::userInfo);
        return request -> {
            try {
                return router.find(request.method(), request.path())
                        .map(handler -> handler.handle(request))
                        .orElseGet(() -> Response.text(404, "The fake Microsoft has nothing here.\n"));
            } catch (Refusal refusal) {
                return refusal.response();
            }
        };
    }

    static Response json(int status, Object value) {
        return rawJson(status, Json.write(value));
    }

    static Response rawJson(int status, String json) {
        return Response.of(status, "application/json; charset=utf-8", json);
    }
}
