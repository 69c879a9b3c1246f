package io.github.keycloaknylas.testkit.microsoft;

import java.util.Optional;

/**
 * What a code or a refresh token entitles to: tokens for {@code scopes} now, and a refresh token for {@code lasting},
 * if there is anything to last.
 */
record Granted(String accountId, Scopes scopes, Optional<Scopes> lasting, Optional<String> nonce) {

    static Granted bySignIn(String accountId, Scopes scopes, Optional<String> nonce) {
        return new Granted(accountId, scopes, Optional.of(scopes).filter(all -> all.contain("offline_access")), nonce);
    }

    /** Refreshing for fewer scopes does not narrow what the next refresh token is good for. */
    static Granted byRefresh(IssuedRefreshToken token, Scopes scopes) {
        return new Granted(token.accountId(), scopes, Optional.of(Scopes.parse(token.scope())), Optional.empty());
    }
}
