package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.FailureKind.ADMINISTRATOR;
import static io.github.keycloaknylas.nylas.FailureKind.TEMPORARY;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Every cause of a failed call, with who resolves it, how far it reaches and what to do. */
enum FailureCause {
    TOKEN_REFUSED(FailureKind.SIGN_IN_AGAIN, null, ErrorMeaning.TOKEN_REFUSED),

    CLIENT_REFUSED(ADMINISTRATOR, FailureReach.CREDENTIAL, ErrorMeaning.CLIENT_REFUSED),
    CONSENT_MISSING(ADMINISTRATOR, FailureReach.ROW, ErrorMeaning.CONSENT_MISSING),
    NO_CONNECTOR(
            ADMINISTRATOR,
            FailureReach.CREDENTIAL,
            "Nylas found no %s connector or no such credential: create the connector in this Nylas application,"
                    + " or correct the credential ID"),
    UNFORESEEN_FOR_CREDENTIAL(
            ADMINISTRATOR, FailureReach.CREDENTIAL, "Nylas refused to show its %s connector: look the error type up"),

    KEY_REFUSED(
            ADMINISTRATOR,
            FailureReach.CONNECTION,
            "Nylas refused the API key: check that it is complete and not expired, and that the API URL is that of the"
                    + " application's region"),
    APPLICATION_BLOCKED(
            ADMINISTRATOR,
            FailureReach.CONNECTION,
            "Nylas does not permit this application to do that: check in the Nylas dashboard whether it is blocked or a"
                    + " Sandbox"),
    REDIRECTED(
            ADMINISTRATOR,
            FailureReach.CONNECTION,
            "The API URL answered with a redirect, which is never followed: correct the API URL"),
    PROXY_REFUSED(
            ADMINISTRATOR,
            FailureReach.CONNECTION,
            "The HTTP proxy asked for credentials: correct Keycloak's proxy mapping"),
    UNFORESEEN_FOR_CONNECTION(
            ADMINISTRATOR,
            FailureReach.CONNECTION,
            "Nylas refused to show the application: check the API URL, and look the error type up"),

    WEBHOOK_UNVERIFIED(
            ADMINISTRATOR,
            FailureReach.ROW,
            "Nylas could not read the webhook address of this Keycloak: publish /realms/ of the host name at the proxy,"
                    + " with a certificate that is publicly trusted, and try again"),
    WEBHOOK_REFUSED(
            ADMINISTRATOR,
            FailureReach.ROW,
            "Nylas refused the request about the webhook: look the error type up, or give the request ID to Nylas'"
                    + " support"),

    UNFORESEEN_FOR_ROW(
            ADMINISTRATOR,
            FailureReach.ROW,
            "Nylas refused this one request: look the error type up, or give the request ID to Nylas' support"),

    RATE_LIMITED(TEMPORARY, null, "Nylas or %s asked to slow down; it is tried again later"),
    UNAVAILABLE(TEMPORARY, null, "Nylas or %s could not answer just now; it is tried again later"),
    INCOMPLETE(
            TEMPORARY, null, "Nylas reported success, but did not return what was requested; it is tried again later"),
    TOKEN_UNCONFIRMED(
            TEMPORARY,
            null,
            "Nylas refused the refresh token with status 401, which may also mean the API key, and the key could not be"
                    + " checked; it is tried again later"),
    GRANT_INVALID(TEMPORARY, null, "Nylas answered with a grant that it reports as invalid; it is tried again later"),
    OTHER_PROVIDER(TEMPORARY, null, "Nylas answered with a grant of a provider other than %s; it is tried again later"),
    NOT_NYLAS(
            TEMPORARY,
            null,
            "The answer is not Nylas' JSON, or too large to be; it is tried again later. If this persists, check the"
                    + " API URL and any proxy or firewall on the way"),
    TIMED_OUT(
            TEMPORARY,
            null,
            "No complete response arrived in time; it is tried again later. If this persists, check proxy and"
                    + " firewall"),
    HOST_UNKNOWN(
            TEMPORARY,
            null,
            "The host of the API URL could not be resolved; it is tried again later. If this persists, check the API"
                    + " URL and DNS"),
    NOT_REACHED(
            TEMPORARY,
            null,
            "The connection was refused; it is tried again later. If this persists, check the API URL, proxy and"
                    + " firewall"),
    TLS_FAILED(
            TEMPORARY,
            null,
            "No trusted TLS connection could be established; it is tried again later. If this persists, check the API"
                    + " URL and Keycloak's truststore"),
    BROKEN_OFF(TEMPORARY, null, "The connection broke off before the answer was complete; it is tried again later");

    private final FailureKind kind;
    private final FailureReach reach;
    private final Function<NylasProvider, String> hint;

    /** @param hint with {@code %s} for the name of the provider */
    FailureCause(FailureKind kind, FailureReach reach, String hint) {
        this.kind = kind;
        this.reach = reach;
        this.hint = provider -> hint.formatted(provider.displayName());
    }

    FailureCause(FailureKind kind, FailureReach reach, ErrorMeaning meaning) {
        this.kind = kind;
        this.reach = reach;
        this.hint = provider -> provider.hint(meaning);
    }

    /** Returns what happened and what to do next, without the full stop. */
    String hint(NylasProvider provider) {
        return hint.apply(provider);
    }

    /** Creates the failure of a call without any response. */
    Failure withoutAnswer() {
        return new Failure(kind, reach, null, null, null, null, hint(UnknownProvider.INSTANCE) + ".");
    }

    /** Creates the failure of a call whose response turned out to mean something else. */
    Failure insteadOf(Failure other, Duration retryAfter) {
        return new Failure(
                kind,
                reach,
                other.type(),
                other.httpStatus(),
                other.requestId(),
                retryAfter,
                hint(UnknownProvider.INSTANCE) + ".");
    }

    Failure in(NylasResponse response, NylasError error, NylasProvider provider, Instant now) {
        String code = error.errorCodes().stream()
                .findFirst()
                .map(first -> " (" + first + ")")
                .orElse("");
        return new Failure(
                kind,
                reach,
                error.type(),
                response.status(),
                response.requestId(),
                kind == TEMPORARY ? RetryAfter.parse(response.retryAfter(), now) : null,
                hint(provider) + code + ".");
    }
}
