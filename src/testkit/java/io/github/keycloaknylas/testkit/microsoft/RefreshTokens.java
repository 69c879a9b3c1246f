package io.github.keycloaknylas.testkit.microsoft;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All refresh tokens ever issued. Using one does not end it; a new one is issued beside it. */
final class RefreshTokens {

    private final Map<String, IssuedRefreshToken> issued = new LinkedHashMap<>();
    private final Map<String, Aadsts> ended = new HashMap<>();

    synchronized String issue(String accountId, App app, Scopes scopes, Behaviour behaviour) {
        String value = behaviour.newRefreshToken();
        issued.put(value, new IssuedRefreshToken(value, accountId, app.clientId(), scopes.toString(), Instant.now()));
        return value;
    }

    synchronized IssuedRefreshToken present(String value, App app) {
        IssuedRefreshToken token = issued.get(value);
        if (token == null) {
            throw Aadsts.MALFORMED.refusal();
        }
        if (!token.clientId().equals(app.clientId())) {
            throw Aadsts.OF_ANOTHER_APP.refusal(app.clientId());
        }
        if (ended.containsKey(value)) {
            throw ended.get(value).refusal(token.issuedAt());
        }
        return token;
    }

    /** Ends every token issued to the account so far; later ones are valid. */
    synchronized void end(String accountId, Aadsts why) {
        issued.values().stream()
                .filter(token -> token.accountId().equals(accountId))
                .forEach(token -> ended.put(token.value(), why));
    }

    synchronized List<IssuedRefreshToken> all() {
        return new ArrayList<>(issued.values());
    }
}
