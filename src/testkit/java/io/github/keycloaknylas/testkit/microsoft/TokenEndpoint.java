package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Redeems codes and refresh tokens. */
final class TokenEndpoint {

    private final ClientAuthentication clients;
    private final Directory directory;
    private final Consents consents;
    private final Codes codes;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final AtomicInteger requests = new AtomicInteger();

    TokenEndpoint(
            ClientAuthentication clients,
            Directory directory,
            Consents consents,
            Codes codes,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            IdTokens idTokens) {
        this.clients = clients;
        this.directory = directory;
        this.consents = consents;
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
    }

    int requests() {
        return requests.get();
    }

    Response answer(Request request, EntraUrls urls) {
        requests.incrementAndGet();
        String grantType = Aadsts.required(request.form(), "grant_type");
        App app = clients.authenticate(request);
        Granted granted = switch (grantType) {
            case "authorization_code" -> codes.redeem(request.form(), app);
            case "refresh_token" -> refreshed(request.form(), app);
            default -> throw Aadsts.OTHER_GRANT_TYPE.refusal(grantType);
        };
        Behaviour behaviour = directory.behaviourOf(granted.accountId());
        Response genuine = Entra.json(200, tokens(app, granted, behaviour, urls));
        return behaviour.delayed(behaviour.rewritten(genuine));
    }

    private Granted refreshed(Parameters body, App app) {
        IssuedRefreshToken token = refreshTokens.present(Aadsts.required(body, "refresh_token"), app);
        if (directory.behaviourOf(token.accountId()).interactionRequired()) {
            throw Aadsts.SECOND_FACTOR.refusal(app.clientId());
        }
        Scopes scopes = Scopes.parse(body.find("scope").orElse(token.scope()));
        consents.check(token.accountId(), app, scopes);
        return Granted.byRefresh(token, scopes);
    }

    private Map<String, Object> tokens(App app, Granted granted, Behaviour behaviour, EntraUrls urls) {
        String accountId = granted.accountId();
        Scopes scopes = granted.scopes();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", "Bearer");
        answer.put("scope", scopes.inAnswer());
        answer.put("expires_in", AccessTokens.LIFE.toSeconds());
        answer.put("ext_expires_in", AccessTokens.LIFE.toSeconds());
        answer.put("access_token", accessTokens.issue(accountId, app, scopes));
        granted.lasting()
                .filter(lasting -> !behaviour.withoutRefreshToken())
                .map(lasting -> refreshTokens.issue(accountId, app, lasting, behaviour))
                .ifPresent(token -> answer.put("refresh_token", token));
        if (scopes.contain("openid")) {
            Account account = directory.find(accountId).orElseThrow();
            answer.put("id_token", idTokens.sign(account, app, granted, urls));
        }
        return answer;
    }
}
