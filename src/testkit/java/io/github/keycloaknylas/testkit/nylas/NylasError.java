package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;
import java.time.Duration;

/** A refusal; the types and messages are those of https://developer.nylas.com/docs/api/errors/. */
final class NylasError extends RuntimeException {

    private final int status;
    private final String type;
    private final transient JsonNode providerError;
    private final Duration retryAfter;

    private NylasError(int status, String type, String message, JsonNode providerError, Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.providerError = providerError;
        this.retryAfter = retryAfter;
    }

    static NylasError of(int status, String type, String message) {
        return new NylasError(status, type, message, null, null);
    }

    static NylasError payload(String message) {
        return of(400, "api.invalid_request_payload", message);
    }

    static NylasError notFound(String what) {
        return of(404, "api.not_found_error", what + " not found");
    }

    static NylasError refusedByProvider(String error, String description) {
        JsonNode words = Json.object().put("error", error).put("error_description", description);
        return new NylasError(400, "bad_request", "Bad request", words, null);
    }

    static NylasError refreshTokenInvalid() {
        return of(401, "grant.refresh_token_invalid", "Invalid refresh_token supplied to Grant.");
    }

    static NylasError tooManyRequests(Duration retryAfter) {
        String message = "Too many requests, please try again shortly.";
        return new NylasError(429, "api.rate_limit_error", message, null, retryAfter);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    JsonNode providerError() {
        return providerError;
    }

    Response answer(ErrorShape shape, String requestId) {
        Response response = Response.json(status, shape.body(requestId, this)).with("X-Request-Id", requestId);
        return retryAfter == null ? response : response.with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }
}
