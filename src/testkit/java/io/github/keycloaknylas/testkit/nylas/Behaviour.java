package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;

/**
 * Switches for what Nylas' documentation leaves open or describes in two ways, and for the effects of load
 * and distance.
 */
public final class Behaviour {

    volatile boolean badKeyIs400;
    volatile boolean refreshTokenInvalidIs401;
    volatile boolean rotatedSecretOnTop;
    volatile boolean blockedGrantsAreServed;
    volatile int missingConnectorStatus = 400;
    volatile int reauthenticationStatus = 201;
    volatile int requestsPerSecond = 50;
    volatile Duration retryAfter;
    volatile Duration latency = Duration.ZERO;
    volatile Duration filteredListLag = Duration.ZERO;

    Behaviour() {}

    /**
     * Answers an unknown API key with 400 {@code token.unauthorized_access} instead of 401
     * {@code api.authentication_error}; https://developer.nylas.com/docs/api/errors/ lists both.
     *
     * @param on true for 400
     * @return this
     */
    public Behaviour badKeyIs400(boolean on) {
        badKeyIs400 = on;
        return this;
    }

    /**
     * Answers Microsoft's {@code invalid_grant} with 401 {@code grant.refresh_token_invalid} instead of 400 and
     * {@code provider_error}; https://developer.nylas.com/docs/api/errors/ has the former, the OpenAPI the latter.
     *
     * @param on true for 401
     * @return this
     */
    public Behaviour refreshTokenInvalidIs401(boolean on) {
        refreshTokenInvalidIs401 = on;
        return this;
    }

    /**
     * Serves requests for a grant that is blocked, with {@code "blocked": true}, instead of refusing them with 423
     * {@code api.resource_blocked}; https://developer.nylas.com/docs/api/errors/ has the latter, the OpenAPI the field.
     *
     * @param on true to serve them
     * @return this
     */
    public Behaviour blockedGrantsAreServed(boolean on) {
        blockedGrantsAreServed = on;
        return this;
    }

    /**
     * Answers the rotation of a webhook's secret with {@code webhook_secret} beside {@code request_id}, where some of
     * Nylas' own clients read it, instead of in {@code data} as the OpenAPI says.
     *
     * @param on true for a secret outside {@code data}
     * @return this
     */
    public Behaviour rotatedSecretOnTop(boolean on) {
        rotatedSecretOnTop = on;
        return this;
    }

    /**
     * Chooses the answer to an authentication without a connector, which Nylas does not document.
     *
     * @param status 400 (the default) or 404
     * @return this
     */
    public Behaviour missingConnectorStatus(int status) {
        missingConnectorStatus = status;
        return this;
    }

    /**
     * Chooses the answer to a re-authentication; the OpenAPI knows 201 only.
     *
     * @param status 201 (the default) or 200
     * @return this
     */
    public Behaviour reauthenticationStatus(int status) {
        reauthenticationStatus = status;
        return this;
    }

    /**
     * Sets the rate limit, which each API family (authentication, grants, …) has for itself per application.
     *
     * @param requests per second, 50 at first (https://developer.nylas.com/docs/dev-guide/platform/rate-limits/)
     * @param wait value of {@code Retry-After}, in whole seconds; null (at first): no such header
     * @return this
     */
    public Behaviour rateLimit(int requests, Duration wait) {
        requestsPerSecond = requests;
        retryAfter = wait;
        return this;
    }

    /**
     * Lifts the rate limit.
     *
     * @return this
     */
    public Behaviour noRateLimit() {
        return rateLimit(Integer.MAX_VALUE, null);
    }

    /**
     * Delays every answer of the API.
     *
     * @param delay how long; closing the fake Nylas cuts it short
     * @return this
     */
    public Behaviour latency(Duration delay) {
        latency = delay;
        return this;
    }

    /**
     * Keeps new grants out of <em>filtered</em> listings for a while, as the Nylas CLI's source reports
     * ({@code managed_grants.go}: more than 70 s at worst).
     *
     * @param lag how long
     * @return this
     */
    public Behaviour filteredListLag(Duration lag) {
        filteredListLag = lag;
        return this;
    }

    void requireServed(Grant grant) {
        if (grant.blocked() && !blockedGrantsAreServed) {
            throw NylasError.of(423, "api.resource_blocked", "The grant is blocked.");
        }
    }
}
