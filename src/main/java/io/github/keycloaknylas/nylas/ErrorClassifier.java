package io.github.keycloaknylas.nylas;

import java.time.Instant;
import java.util.Set;

/**
 * Classifies responses without the requested result. The provider's error takes precedence over the status that Nylas
 * wrapped it in (Nylas: "Error types"; "Fix invalid_grant errors").
 */
final class ErrorClassifier {

    private static final Set<String> TOKEN = Set.of("invalid_grant", "interaction_required", "consent_required");
    private static final Set<String> CLIENT = Set.of("invalid_client", "unauthorized_client");
    private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error");

    private final NylasProvider provider;

    ErrorClassifier(NylasProvider provider) {
        this.provider = provider;
    }

    Failure classify(ApiOperation operation, NylasResponse response, Instant now) {
        NylasError error = NylasError.of(response.body(), provider);
        return cause(operation, response, error).in(response, error, provider, now);
    }

    FailureCause cause(ApiOperation operation, NylasResponse response) {
        return cause(operation, response, NylasError.of(response.body(), provider));
    }

    private FailureCause cause(ApiOperation operation, NylasResponse response, NylasError error) {
        int status = response.status();
        if (response.success()) {
            return response.json() ? lacking(operation, response) : FailureCause.NOT_NYLAS;
        }
        if (status < 400) {
            return FailureCause.REDIRECTED;
        }
        if (status == 407) {
            return FailureCause.PROXY_REFUSED;
        }
        // Checked before the token: blaming the client keeps the token, blaming the token erases it.
        if (error.names(CLIENT) || means(error, ErrorMeaning.CLIENT_REFUSED)) {
            return FailureCause.CLIENT_REFUSED;
        }
        if (operation == ApiOperation.CONNECT && means(error, ErrorMeaning.CONSENT_MISSING)) {
            return FailureCause.CONSENT_MISSING;
        }
        if (operation == ApiOperation.CONNECT && refusesToken(error)) {
            return FailureCause.TOKEN_REFUSED;
        }
        if (status == 429) {
            return FailureCause.RATE_LIMITED;
        }
        if (status == 408 || status == 425 || status >= 500 || error.names(PASSING)) {
            return FailureCause.UNAVAILABLE;
        }
        return refusal(operation, response, error);
    }

    private FailureCause lacking(ApiOperation operation, NylasResponse response) {
        if (operation != ApiOperation.CONNECT || ResponseReader.grant(response).isEmpty()) {
            return FailureCause.INCOMPLETE;
        }
        return ResponseReader.isOf(provider, response) ? FailureCause.GRANT_INVALID : FailureCause.OTHER_PROVIDER;
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

    private static FailureCause refusal(ApiOperation operation, NylasResponse response, NylasError error) {
        int status = response.status();
        if (status == 401 && (operation.asksNylasAlone || !error.fromProvider())
                || error.bareType().equals("unauthorized_access")) {
            return FailureCause.KEY_REFUSED;
        }
        if (!response.json()) {
            return FailureCause.NOT_NYLAS;
        }
        if (status == 423 || status == 403 && !aboutOneMailbox(error)) {
            return operation.forbidden;
        }
        if (operation == ApiOperation.WEBHOOK && error.deniesAddress()) {
            return FailureCause.WEBHOOK_UNVERIFIED;
        }
        if (status == 404 || error.missesConnector()) {
            return operation.notFound;
        }
        return operation.unforeseen;
    }

    private static boolean aboutOneMailbox(NylasError error) {
        return error.fromProvider() || error.bareType().equals("access_denied");
    }
}
