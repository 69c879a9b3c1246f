package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Response;
import java.time.Duration;

/** Faults that refuse a request with an error, without processing it. */
public final class ErrorFaults {

    private ErrorFaults() {}

    /**
     * An error body of one of Nylas' shapes.
     *
     * @param status the HTTP status
     * @param shape the shape; {@link ErrorShape#NUMERIC} overrides the type with a number
     * @param type such as {@code api.internal_error}
     * @param message for people
     * @return the fault
     */
    public static Fault error(int status, ErrorShape shape, String type, String message) {
        return refusal(shape, NylasError.of(status, type, message));
    }

    /**
     * 500 {@code api.internal_error} and its like, in the standard shape.
     *
     * @param status the HTTP status
     * @return the fault
     */
    public static Fault status(int status) {
        return error(status, ErrorShape.STANDARD, "api.internal_error", "Something went wrong (" + status + ").");
    }

    /**
     * Microsoft's refusal, passed through in {@code provider_error} with 400.
     *
     * @param error such as {@code invalid_grant}, {@code invalid_client} or {@code unauthorized_client}
     * @param description beginning with {@code AADSTS…}
     * @return the fault
     */
    public static Fault refusedByMicrosoft(String error, String description) {
        return refusal(ErrorShape.STANDARD, NylasError.refusedByProvider(error, description));
    }

    /** {@return 401 {@code grant.refresh_token_invalid}} */
    public static Fault refreshTokenInvalid() {
        return refusal(ErrorShape.STANDARD, NylasError.refreshTokenInvalid());
    }

    /**
     * 429 {@code api.rate_limit_error}.
     *
     * @param retryAfter value of {@code Retry-After}, in whole seconds; null: no such header
     * @return the fault
     */
    public static Fault rateLimited(Duration retryAfter) {
        return refusal(ErrorShape.STANDARD, NylasError.tooManyRequests(retryAfter));
    }

    /** {@return a gateway's HTML page with 502 and no request id} */
    public static Fault gatewayHtml() {
        String page = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>";
        return new Fault("502 HTML", (id, honest, writer) -> writer.send(Response.html(502, page)));
    }

    /**
     * A status and nothing else.
     *
     * @param status the HTTP status
     * @return the fault
     */
    public static Fault emptyBody(int status) {
        return new Fault(status + " empty", (id, honest, writer) -> writer.send(Response.empty(status)));
    }

    private static Fault refusal(ErrorShape shape, NylasError error) {
        return new Fault(
                error.status() + " " + error.type(), (id, honest, writer) -> writer.send(error.answer(shape, id)));
    }
}
