package io.github.keycloaknylas.testkit.microsoft;

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

    Reply me(Call call) {
        return withAccess(call, "User.Read", (account, access) -> {
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

    Reply userInfo(Call call) {
        return withAccess(call, "openid", (account, access) -> {
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

    private Reply withAccess(
            Call call, String scope, BiFunction<Account, AccessTokens.Access, Map<String, Object>> answer) {
        AccessTokens.Access access =
                call.authorization("Bearer").flatMap(accessTokens::find).orElse(null);
        if (access == null) {
            return error(401, "InvalidAuthenticationToken", "Access token is empty, invalid or has expired.");
        }
        if (!access.scopes().contain(scope)) {
            return error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
        }
        Account account = directory.find(access.accountId()).orElseThrow();
        return directory.behaviourOf(account.id()).delayed(Reply.json(200, answer.apply(account, access)));
    }

    private static Reply error(int status, String code, String message) {
        return Reply.json(status, Map.of("error", Map.of("code", code, "message", message)));
    }
}
