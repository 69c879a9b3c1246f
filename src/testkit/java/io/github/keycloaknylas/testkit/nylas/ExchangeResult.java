package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;

/** The result of exchanging a refresh token at Microsoft: a {@link Mailbox}, or one of three failures. */
public sealed interface ExchangeResult
        permits Mailbox, ExchangeResult.Refused, ExchangeResult.Throttled, ExchangeResult.Unreachable {

    /**
     * Microsoft refused; Nylas passes its error on as {@code provider_error}.
     *
     * @param error the OAuth error, such as {@code invalid_grant} or {@code invalid_client}
     * @param errorDescription Microsoft's text, beginning with {@code AADSTS…}
     */
    record Refused(String error, String errorDescription) implements ExchangeResult {}

    /**
     * Microsoft throttles: the one case in which Nylas promises {@code Retry-After}
     * (https://developer.nylas.com/docs/dev-guide/platform/rate-limits/).
     *
     * @param retryAfter how long to wait, sent in whole seconds
     */
    record Throttled(Duration retryAfter) implements ExchangeResult {}

    /** Microsoft did not return a usable response; Nylas answers 504. */
    record Unreachable() implements ExchangeResult {}
}
