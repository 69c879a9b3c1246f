package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.ErrorClassifierTestBase.assertAdministrator;
import static io.github.keycloaknylas.nylas.ErrorClassifierTestBase.providerCode;
import static io.github.keycloaknylas.nylas.ErrorClassifierTestBase.type;
import static io.github.keycloaknylas.nylas.WireStub.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A 401 about the token, which Nylas' samples show for a refused key as well: the key is tried before it counts. */
final class KeyCheckTest extends NylasClientTestBase {

    private static final WireStub.Script REFUSED = reply(
            401,
            "{\"request_id\":\"r-1\",\"error\":{\"type\":\"unauthorized\",\"provider_error\":{\"error\":\"invalid_grant\","
                    + "\"error_description\":\"AADSTS50173: revoked\"}}}");
    private static final WireStub.Script APPLICATION = reply(200, "{\"data\":{\"application_id\":\"app-1\"}}");

    private Failure refused(WireStub.Script handover, WireStub.Script application) {
        stub.answerWith(byCall(handover, application));
        return failure(connect());
    }

    private WireStub.Script byCall(WireStub.Script handover, WireStub.Script application) {
        return socket -> {
            boolean first = stub.requests.get(stub.requests.size() - 1).line().startsWith("POST");
            (first ? handover : application).answer(socket);
        };
    }

    private List<String> lines() {
        return stub.requests.stream().map(WireStub.Request::line).toList();
    }

    @Test
    void withAKeyThatWorksItIsTheToken() {
        Failure failure = refused(REFUSED, APPLICATION);

        assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN_AGAIN);
        assertThat(failure.type()).isEqualTo("unauthorized");
        assertThat(failure.httpStatus()).isEqualTo(401);
        assertThat(failure.requestId()).isEqualTo("r-1");
        assertThat(failure.hint()).endsWith("(AADSTS50173).");
        assertThat(lines()).containsExactly("POST /v3/connect/custom HTTP/1.1", "GET /v3/applications HTTP/1.1");
        assertThat(stub.requests.get(1).header("Authorization")).contains("Bearer nyk_test_key");
    }

    static List<WireStub.Script> keyRefused() {
        return List.of(
                REFUSED,
                reply(401, type("api.authentication_error")),
                reply(401, ""),
                reply(400, type("token.unauthorized_access")));
    }

    @ParameterizedTest
    @MethodSource("keyRefused")
    void withAKeyThatIsRefusedItIsTheKey(WireStub.Script application) {
        Failure failure = refused(REFUSED, application);

        assertAdministrator(failure, FailureReach.CONNECTION);
        assertThat(failure.hint())
                .isEqualTo(FailureCause.KEY_REFUSED.withoutAnswer().hint());
        assertThat(failure.httpStatus()).isEqualTo(401);
        assertThat(failure.requestId()).isEqualTo("r-1");
    }

    static List<WireStub.Script> undecided() {
        return List.of(
                reply(503, "<html>"),
                reply(429, type("rate_limit_error")),
                reply(403, type("forbidden")),
                reply(404, type("not_found_error")),
                reply(302, ""),
                reply(200, "{}"),
                reply(200, "<html>"),
                socket -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                });
    }

    @ParameterizedTest
    @MethodSource("undecided")
    void withoutAClearAnswerTheTokenIsKept(WireStub.Script application) {
        stub.answerWith(byCall(REFUSED, application));

        Failure failure = temporary(connect(), FailureCause.TOKEN_UNCONFIRMED);

        assertThat(failure.type()).isEqualTo("unauthorized");
        assertThat(failure.httpStatus()).isEqualTo(401);
        assertThat(failure.requestId()).isEqualTo("r-1");
        assertThat(failure.retryAfter()).isNull();
    }

    @Test
    void theSecondAnswerTellsHowLongToWait() {
        Failure failure = refused(REFUSED, reply(429, type("rate_limit_error"), "Retry-After: 9"));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 504})
    void onlyA401LeavesADoubt(int status) {
        assertThat(refused(reply(status, providerCode("invalid_grant")), APPLICATION)
                        .kind())
                .isEqualTo(FailureKind.SIGN_IN_AGAIN);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void a401ThatIsNotAboutTheTokenIsNotDoubted() {
        assertAdministrator(
                refused(reply(401, type("api.authentication_error")), APPLICATION), FailureReach.CONNECTION);
        assertThat(lines()).hasSize(1);
    }

    /** A lease is measured by the deadline of one handover. */
    @Test
    void bothCallsShareOneDeadline() {
        stub.answerWith(byCall(
                socket -> {
                    stub.closedWithin(2_500);
                    REFUSED.answer(socket);
                },
                socket -> stub.closedWithin(60_000)));
        try (NylasClient client = new NylasClient(http, Duration.ofSeconds(3))) {
            long start = System.nanoTime();

            temporary(client.connect(stub.connection(), GRANT_REQUEST, PROVIDER), FailureCause.TOKEN_UNCONFIRMED);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
