package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.FailureKind.ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.mail.Microsoft;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Answers of Nylas, and what they are taken for. */
abstract class ErrorClassifierTestBase {

    static final NylasProvider PROVIDER = new Microsoft();
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    static Failure classify(ApiOperation operation, int status, String body) {
        return new ErrorClassifier(PROVIDER)
                .classify(operation, NylasResponse.of(status, "h-1", null, body.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    static Failure connect(int status, String body) {
        return classify(ApiOperation.CONNECT, status, body);
    }

    static String type(String type) {
        return "{\"request_id\":\"r-1\",\"error\":{\"type\":\"" + type + "\",\"message\":\"m\"}}";
    }

    static String message(String message) {
        return "{\"error\":{\"type\":\"bad_request\",\"message\":\"" + message + "\"}}";
    }

    static String provider(String json) {
        return "{\"error\":{\"type\":\"bad_request\",\"provider_error\":" + json + "}}";
    }

    static String providerCode(String code) {
        return provider("{\"error\":\"" + code + "\",\"error_description\":\"AADSTS50173: expired\"}");
    }

    static void assertAdministrator(Failure failure, FailureReach reach) {
        assertThat(failure.kind()).isEqualTo(ADMINISTRATOR);
        assertThat(failure.reach()).isEqualTo(reach);
    }

    static void assertKind(Failure failure, FailureKind kind) {
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.reach()).isNull();
    }

    static NylasResponse reply(int status, String body) {
        return NylasResponse.of(status, null, null, body.getBytes(StandardCharsets.UTF_8));
    }

    static NylasError error(String body) {
        return NylasError.of(reply(400, body).body(), PROVIDER);
    }
}
