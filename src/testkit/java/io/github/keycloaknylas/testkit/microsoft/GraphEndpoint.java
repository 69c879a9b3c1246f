package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The signed-in person as Graph shows it, to whoever holds an access token. */
final class GraphEndpoint {

    private final Directory directory;
    private final AccessTokens accessTokens;

    GraphEndpoint(Directory directory, AccessTokens accessTokens) {
        this.directory = directory;
        this.accessTokens = accessTokens;
    }

    Response me(Request request) {
        return withAccess(request, "User.Read", (account, access) -> {
            Map<String, Object> profile = new LinkedHashMap<>();
            profile.put("@odata.context", "https://graph.microsoft.com/v1.0/$metadata#users/$entity");
            profile.put("id", account.graphId());
            profile.put("displayName", account.displayName());
            profile.put("givenName", account.givenName());
            profile.put("surname", account.familyName());
            profile.put("mail", account.mail());
            profile.put("userPrincipalName", account.userPrincipalName());
            return profile;
        });
    }

    Response userInfo(Request request) {
        return withAccess(request, "openid", (account, access) -> {
            Map<String, Object> claims = new LinkedHashMap<>();
            claims.put("sub", IdTokens.subject(account, access.app()));
            claims.put("name", account.displayName());
            claims.put("given_name", account.givenName());
            claims.put("family_name", account.familyName());
            claims.put("email", account.mail());
            claims.values().removeIf(value -> value == null);
            return claims;
        });
    }

    private Response withAccess(
            Request request, String scope, BiFunction<Account, AccessTokens.Access, Map<String, Object>> answer) {
        AccessTokens.Access access =
                request.authorization("Bearer").flatMap(accessTokens::find).orElse(null);
        if (access == null) {
            return error(401, "InvalidAuthenticationToken", "Access token is empty, invalid or has expired.");
        }
        if (!access.scopes().contain(scope)) {
            return error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
        }
        Account account = directory.find(access.accountId()).orElseThrow();
        return directory.behaviourOf(account.id()).delayed(Entra.json(200, answer.apply(account, access)));
    }

    private static Response error(int status, String code, String message) {
        return Entra.json(status, Map.of("error", Map.of("code", code, "message", message)));
    }
}
