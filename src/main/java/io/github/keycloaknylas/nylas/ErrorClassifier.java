package io.github.keycloaknylas.nylas;

import java.time.Instant;
import java.util.Set;

/**
 * Decides what an answer means that did not bring what was asked for. What the provider said weighs more than the status
 * Nylas wrapped it in (Nylas: "Error types"; "Fix invalid_grant errors").
 */
final class ErrorClassifier {

    private static final Set<String> TOKEN = Set.of("invalid_grant", "interaction_required", "consent_required");
    private static final Set<String> CLIENT = Set.of("invalid_client", "unauthorized_client");
    private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error");

    private final NylasProvider provider;

    ErrorClassifier(NylasProvider provider) {
        this.provider = provider;
    }

    Failure classify(Call call, Reply reply, Instant now) {
        NylasError error = NylasError.of(reply.body(), provider);
        return cause(call, reply, error).in(reply, error, provider, now);
    }

    FailureCause cause(Call call, Reply reply) {
        return cause(call, reply, NylasError.of(reply.body(), provider));
    }

    private FailureCause cause(Call call, Reply reply, NylasError error) {
        int status = reply.status();
        if (reply.success()) {
            return reply.json() ? lacking(call, reply) : FailureCause.NOT_NYLAS;
        }
        if (status < 400) {
            return FailureCause.REDIRECTED;
        }
        if (status == 407) {
            return FailureCause.PROXY_REFUSED;
        }
        // Before the token: blaming the client keeps the token, blaming the token erases it.
        if (error.names(CLIENT) || means(error, ErrorMeaning.CLIENT_REFUSED)) {
            return FailureCause.CLIENT_REFUSED;
        }
        if (call == Call.CONNECT && means(error, ErrorMeaning.CONSENT_MISSING)) {
            return FailureCause.CONSENT_MISSING;
        }
        if (call == Call.CONNECT && refusesToken(error)) {
            return FailureCause.TOKEN_REFUSED;
        }
        if (status == 429) {
            return FailureCause.RATE_LIMITED;
        }
        if (status == 408 || status == 425 || status >= 500 || error.names(PASSING)) {
            return FailureCause.UNAVAILABLE;
        }
        return refusal(call, reply, error);
    }

    private FailureCause lacking(Call call, Reply reply) {
        if (call != Call.CONNECT || Data.grant(reply).isEmpty()) {
            return FailureCause.INCOMPLETE;
        }
        return Data.isOf(provider, reply) ? FailureCause.GRANT_INVALID : FailureCause.OTHER_PROVIDER;
    }

    private boolean means(NylasError error, ErrorMeaning meaning) {
        return error.errorCodes().stream()
                .anyMatch(code -> provider.meaning(code).filter(meaning::equals).isPresent());
    }

    private boolean refusesToken(NylasError error) {
        return error.names(TOKEN)
                || means(error, ErrorMeaning.TOKEN_REFUSED) && !error.names(PASSING)
                || error.type().endsWith("refresh_token_invalid")
                || error.type().endsWith("invalid_authentication");
    }

    private static FailureCause refusal(Call call, Reply reply, NylasError error) {
        int status = reply.status();
        if (status == 401 && (call.asksNylasAlone || !error.fromProvider())
                || error.bareType().equals("unauthorized_access")) {
            return FailureCause.KEY_REFUSED;
        }
        if (!reply.json()) {
            return FailureCause.NOT_NYLAS;
        }
        if (status == 423 || status == 403 && !aboutOneMailbox(error)) {
            return call.forbidden;
        }
        if (status == 404 || error.missesConnector()) {
            return call.notFound;
        }
        return call.unforeseen;
    }

    private static boolean aboutOneMailbox(NylasError error) {
        return error.fromProvider() || error.bareType().equals("access_denied");
    }
}
