package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.FailureKind.ADMINISTRATOR;
import static io.github.keycloaknylas.nylas.FailureKind.TEMPORARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to fix what Nylas refused, and how far it reaches. */
class ErrorClassifierTest extends ErrorClassifierTestBase {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connector not found",
                "No connector for provider microsoft",
                "integration does not exist",
                "credential_id was not found"
            })
    void aMissingConnectorIsTheCredential(String message) {
        assertAdministrator(connect(400, message(message)), FailureReach.CREDENTIAL);
    }

    @Test
    void notFoundIsAboutWhatWasNamed() {
        assertAdministrator(connect(404, type("api.not_found_error")), FailureReach.CREDENTIAL);
        assertAdministrator(
                classify(ApiOperation.READ_CONNECTOR, 404, type("not_found_error")), FailureReach.CREDENTIAL);
        assertAdministrator(
                classify(ApiOperation.READ_APPLICATION, 404, type("not_found_error")), FailureReach.CONNECTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"error\":{\"type\":\"api.authentication_error\"}}",
                "{\"error\":\"invalid_token\"}",
                "{\"error\":{\"type\":\"unauthorized\",\"provider_error\":{}}}",
                "{\"error\":{\"type\":\"unauthorized\",\"provider_error\":null}}"
            })
    void unauthorisedWithoutAWordOfTheProviderIsTheKeyOrTheRegion(String body) {
        assertAdministrator(connect(401, body), FailureReach.CONNECTION);
    }

    @Test
    void unauthorisedByTheProviderIsNotTheKey() {
        assertAdministrator(connect(401, provider("{\"error\":\"something_new\"}")), FailureReach.ROW);
        assertAdministrator(connect(401, message("AADSTS90099: said Microsoft")), FailureReach.ROW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token.unauthorized_access", "unauthorized_access"})
    void anInvalidKeyMayComeAsABadRequest(String type) {
        Failure failure = connect(400, type(type));

        assertAdministrator(failure, FailureReach.CONNECTION);
        assertThat(failure)
                .isEqualTo(FailureCause.KEY_REFUSED.in(reply(400, type(type)), error(type(type)), PROVIDER, NOW));
    }

    @ParameterizedTest
    @CsvSource({"403,forbidden", "423,api.resource_blocked"})
    void aBlockedApplicationIsTheConnectionUnlessOneGrantWasNamed(int status, String type) {
        assertAdministrator(connect(status, type(type)), FailureReach.CONNECTION);
        assertAdministrator(classify(ApiOperation.READ_CONNECTOR, status, type(type)), FailureReach.CONNECTION);
        assertAdministrator(classify(ApiOperation.READ_APPLICATION, status, type(type)), FailureReach.CONNECTION);
        assertAdministrator(classify(ApiOperation.DELETE_GRANT, status, type(type)), FailureReach.ROW);
    }

    @Test
    void accessDeniedToOneMailboxIsItsRow() {
        assertAdministrator(connect(403, type("grant.access_denied")), FailureReach.ROW);
        assertAdministrator(connect(403, provider("{\"error\":\"something_new\"}")), FailureReach.ROW);
        assertAdministrator(connect(423, provider("{\"error\":\"something_new\"}")), FailureReach.CONNECTION);
    }

    @ParameterizedTest
    @CsvSource({
        "400,api.invalid_request_error",
        "400,grant.scopes_conflict",
        "400,70005",
        "402,x",
        "405,x",
        "409,x",
        "422,x"
    })
    void whatNobodyForesawIsTheRow(int status, String type) {
        assertAdministrator(connect(status, type(type)), FailureReach.ROW);
        assertAdministrator(classify(ApiOperation.DELETE_GRANT, status, type(type)), FailureReach.ROW);
    }

    @Test
    void whatNobodyForesawReachesAsFarAsWhatWasRead() {
        assertAdministrator(classify(ApiOperation.READ_CONNECTOR, 400, type("x")), FailureReach.CREDENTIAL);
        assertAdministrator(classify(ApiOperation.READ_APPLICATION, 400, type("x")), FailureReach.CONNECTION);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 507, 599})
    void troubleThatPassesIsTemporary(int status) {
        assertKind(connect(status, type("provider_error")), TEMPORARY);
        assertKind(connect(status, "<html>"), TEMPORARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporarily_unavailable", "server_error"})
    void troubleOfMicrosoftsPassesTooWhateverTheStatus(String code) {
        assertKind(connect(400, providerCode(code)), TEMPORARY);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 413, 423})
    void aRefusalThatIsNotJsonIsSomebodyElses(int status) {
        assertKind(connect(status, "<html>blocked</html>"), TEMPORARY);
        assertKind(connect(status, ""), TEMPORARY);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 304, 307, 407})
    void redirectsAndProxiesAreTheConnection(int status) {
        assertAdministrator(connect(status, "<html>"), FailureReach.CONNECTION);
        assertAdministrator(connect(status, providerCode("invalid_grant")), FailureReach.CONNECTION);
    }

    @Test
    void tellsWhatNylasSaid() {
        Failure failure = connect(400, type("api.invalid_request_error"));

        assertThat(failure.type()).isEqualTo("api.invalid_request_error");
        assertThat(failure.httpStatus()).isEqualTo(400);
        assertThat(failure.requestId()).isEqualTo("r-1");
        assertThat(connect(400, "{\"error\":{}}").requestId()).isEqualTo("h-1");
        assertThat(connect(400, "{\"error\":{\"type\":70005}}").type()).isEqualTo("70005");
        assertThat(connect(400, "{\"error\":{}}").type()).isNull();
    }

    @Test
    void obeysRetryAfterOnlyWhereTimeHelps() {
        byte[] body = type("rate_limit_error").getBytes(StandardCharsets.UTF_8);

        assertThat(new ErrorClassifier(PROVIDER)
                        .classify(ApiOperation.CONNECT, NylasResponse.of(429, null, "7", body), NOW)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(new ErrorClassifier(PROVIDER)
                        .classify(ApiOperation.CONNECT, NylasResponse.of(503, null, "8", body), NOW)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(8));
        assertThat(new ErrorClassifier(PROVIDER)
                        .classify(ApiOperation.CONNECT, NylasResponse.of(400, null, "7", body), NOW)
                        .retryAfter())
                .isNull();
    }

    @Test
    void aDeletionIsToldHowLongToWaitAsAHandoverIs() {
        byte[] body = type("rate_limit_error").getBytes(StandardCharsets.UTF_8);

        for (int status : new int[] {429, 500, 503, 504}) {
            assertThat(new ErrorClassifier(PROVIDER)
                            .classify(ApiOperation.DELETE_GRANT, NylasResponse.of(status, null, "9", body), NOW)
                            .retryAfter())
                    .isEqualTo(Duration.ofSeconds(9));
            assertThat(new ErrorClassifier(PROVIDER)
                            .classify(
                                    ApiOperation.DELETE_GRANT,
                                    NylasResponse.of(status, null, "9", "<html>".getBytes()),
                                    NOW)
                            .retryAfter())
                    .isEqualTo(Duration.ofSeconds(9));
        }
    }

    @ParameterizedTest
    @EnumSource(FailureCause.class)
    void everyHintIsASentenceAndEveryScopeIsInItsPlace(FailureCause cause) {
        Failure failure = cause.withoutAnswer();

        assertThat(failure.hint()).matches("[A-Z].*[^.]\\.");
        assertThat(failure.reach() == null).isEqualTo(failure.kind() != ADMINISTRATOR);
    }
}
