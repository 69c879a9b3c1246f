package io.github.keycloaknylas.testkit.nylas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link TokenExchange} without Microsoft: it accepts known refresh tokens and refuses all others. */
public final class KnownTokens implements TokenExchange {

    private final Map<String, ExchangeResult> results = new ConcurrentHashMap<>();

    /**
     * Defines the result of a refresh token, replacing an earlier one.
     *
     * @param refreshToken the token as a client sends it
     * @param result a {@link Mailbox}, or why there is none
     * @return this
     */
    public KnownTokens know(String refreshToken, ExchangeResult result) {
        results.put(refreshToken, result);
        return this;
    }

    /** {@return the result defined for the token; {@code invalid_grant} for an unknown one} */
    @Override
    public ExchangeResult exchange(ExchangeRequest request) {
        return results.getOrDefault(
                request.refreshToken().value(),
                new ExchangeResult.Refused(
                        "invalid_grant", "AADSTS70000: The provided value for 'refresh_token' is not valid."));
    }
}
