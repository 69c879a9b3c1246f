package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;

/** What Microsoft made of a refresh token: a {@link Mailbox}, or one of three ways of not getting there. */
public sealed interface ExchangeResult
        permits Mailbox, ExchangeResult.Refused, ExchangeResult.Throttled, ExchangeResult.Unreachable {

    /**
     * Microsoft said no; Nylas passes the words on as {@code provider_error}.
     *
     * @param error the OAuth error, such as {@code invalid_grant} or {@code invalid_client}
     * @param errorDescription Microsoft's text, beginning with {@code AADSTS…}
     */
    record Refused(String error, String errorDescription) implements ExchangeResult {}

    /**
     * Microsoft throttles: the one case in which Nylas promises {@code Retry-After}
     * (https://developer.nylas.com/docs/dev-guide/platform/rate-limits/).
     *
     * @param retryAfter how long to wait, told in whole seconds
     */
    record Throttled(Duration retryAfter) implements ExchangeResult {}

    /** Microsoft did not answer in a useful way; Nylas says 504. */
    record Unreachable() implements ExchangeResult {}
}
