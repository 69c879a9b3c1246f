package io.github.keycloaknylas.testkit.microsoft;

/** Everything Microsoft knows and answers, apart from the wire: all transports share one. */
final class Entra {

    final Directory directory = new Directory();
    final Apps apps = new Apps();
    final Consents consents = new Consents();
    final RefreshTokens refreshTokens = new RefreshTokens();
    final TokenEndpoint tokens;
    final Router router;

    Entra() {
        Codes codes = new Codes();
        AccessTokens accessTokens = new AccessTokens();
        IdTokens idTokens = new IdTokens();
        GraphEndpoint graph = new GraphEndpoint(directory, accessTokens);
        tokens = new TokenEndpoint(
                new ClientAuthentication(apps), directory, consents, codes, refreshTokens, accessTokens, idTokens);
        router = new Router()
                .route(
                        "GET,POST",
                        "/[^/]+/oauth2/v2.0/authorize",
                        new AuthorizeEndpoint(directory, apps, consents, codes))
                .route("POST", "/[^/]+/oauth2/v2.0/token", tokens)
                .route("GET", "/[^/]+/discovery/v2.0/keys", call -> Reply.json(200, idTokens.jwks()))
                .route("GET", "/[^/]+/v2.0/.well-known/openid-configuration", new DiscoveryEndpoint())
                .route("GET", "/v1.0/me/?", graph::me)
                .route("GET,POST", "/oidc/userinfo", graph::userInfo);
        Cast.ALL.forEach(directory::put);
        apps.register(App.DEFAULT);
    }
}
