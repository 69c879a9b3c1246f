package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.WireStub.reply;
import static io.github.keycloaknylas.nylas.WireStub.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what is read from it. */
final class NylasClientTest extends NylasClientTestBase {

    @Test
    void handsTheTokenOver() {
        connect();

        WireStub.Request request = stub.requests.get(0);
        assertThat(request.line()).isEqualTo("POST /v3/connect/custom HTTP/1.1");
        assertThat(request.body())
                .isEqualTo("{\"provider\":\"microsoft\",\"settings\":{\"refresh_token\":\"0.AXoA-refresh.Token_1\"}}");
        assertThat(request.header("Authorization")).contains("Bearer nyk_test_key");
        assertThat(request.header("Accept")).contains("application/json");
        assertThat(request.header("User-Agent")).contains("keycloak-nylas");
    }

    @Test
    void namesTheContentTypeWithoutACharset() {
        connect();

        assertThat(stub.requests.get(0).header("Content-Type")).contains("application/json");
    }

    @Test
    void putsTheCredentialInsideTheSettings() {
        client.connect(stub.connection(), new GrantRequest("rt\"ü", "c-1"), PROVIDER);

        assertThat(stub.requests.get(0).body())
                .isEqualTo("{\"provider\":\"microsoft\","
                        + "\"settings\":{\"refresh_token\":\"rt\\\"ü\",\"credential_id\":\"c-1\"}}");
    }

    @Test
    void sendsTheStateBesideTheSettings() {
        client.connect(stub.connection(), new GrantRequest("rt", null, "keycloak:row-1"), PROVIDER);

        assertThat(stub.requests.get(0).body())
                .isEqualTo("{\"provider\":\"microsoft\",\"state\":\"keycloak:row-1\","
                        + "\"settings\":{\"refresh_token\":\"rt\"}}");
    }

    @Test
    void readsTheStateThatTheGrantEchoes() {
        assertThat(done(connect(reply(201, "{\"data\":{\"id\":\"g-1\",\"state\":\"keycloak:row-1\"}}")))
                        .value()
                        .state())
                .isEqualTo("keycloak:row-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"\"", "\"two words\"", "{}"})
    void aStateThatIsNoneOfOursChangesNothing(String state) {
        assertThat(done(connect(reply(201, "{\"data\":{\"id\":\"g-1\",\"state\":" + state + "}}")))
                        .value())
                .isEqualTo(new NylasGrant("g-1", null, null, Set.of(), true, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"invalid\"", "\"unheard_of\"", "\"\"", "false"})
    void aGrantThatIsInvalidIsNotConnected(String status) {
        CallResult<NylasGrant> answer = connect(
                reply(201, "{\"data\":{\"id\":\"g-1\",\"provider\":\"microsoft\",\"grant_status\":" + status + "}}"));

        assertThat(temporary(answer, FailureCause.GRANT_INVALID).httpStatus()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"google\"", "\"ews\"", "\"\"", "7"})
    void aGrantOfAnotherProviderIsNotConnected(String provider) {
        for (String status : new String[] {"valid", "invalid"}) {
            CallResult<NylasGrant> answer = connect(reply(
                    201,
                    "{\"data\":{\"id\":\"g-1\",\"provider\":" + provider + ",\"grant_status\":\"" + status + "\"}}"));

            assertThat(temporary(answer, FailureCause.OTHER_PROVIDER).httpStatus())
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"microsoft\"", "\"Microsoft\"", "null"})
    void statusAndProviderMayBeMissing(String provider) {
        assertThat(done(connect(reply(
                                201,
                                "{\"data\":{\"id\":\"g-1\",\"provider\":" + provider + ",\"grant_status\":null}}")))
                        .value()
                        .valid())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void readsTheGrant(int status) {
        CallResult.Done<NylasGrant> done = done(connect(reply(status, """
                {"request_id":"r-1","data":{"id":"g-1","email":"ada@contoso.example","provider_user_id":"u-1",
                 "scope":["Mail.Read","User.Read"],"grant_status":"valid","unheard_of":{}}}""")));

        assertThat(done.value())
                .isEqualTo(new NylasGrant("g-1", "ada@contoso.example", "u-1", Set.of("Mail.Read", "User.Read")));
        assertThat(done.requestId()).isEqualTo("r-1");
    }

    @Test
    void emailUserAndScopesMayBeMissing() {
        assertThat(done(connect()).value()).isEqualTo(new NylasGrant("g-1", null, null, Set.of()));
    }

    @Test
    void scopesMayComeAsOneString() {
        assertThat(done(connect(reply(201, "{\"data\":{\"id\":\"g\",\"scope\":\"Mail.Read  User.Read\"}}")))
                        .value()
                        .scopes())
                .containsExactlyInAnyOrder("Mail.Read", "User.Read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\" Mail.Read \"", "[\"Mail.Read\",\"\",\" \"]"})
    void whatIsBlankIsNoScope(String scopes) {
        assertThat(done(connect(reply(201, "{\"data\":{\"id\":\"g\",\"scope\":" + scopes + "}}")))
                        .value()
                        .scopes())
                .containsExactly("Mail.Read");
    }

    /** The end of the compressed data is not yet the end of the answer; only what was read to its end can be reused. */
    @Test
    void readsCompressedAnswersToTheirEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(GRANT.getBytes(StandardCharsets.UTF_8));
        }
        stub.answerWith(socket -> {
            write(
                    socket,
                    "HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(bytes.size()) + "\r\n");
            bytes.writeTo(socket.getOutputStream());
            write(socket, "\r\n0\r\n\r\n");
        });

        assertThat(done(connect()).value().id()).isEqualTo("g-1");
        assertThat(done(connect()).value().id()).isEqualTo("g-1");
        assertThat(stub.connections).hasValue(1);
    }

    @Test
    void theRequestIdOfTheBodyGoesBeforeTheHeaders() {
        assertThat(done(connect(reply(201, GRANT, "X-Request-Id: h-1"))).requestId())
                .isEqualTo("r-1");
        assertThat(done(connect(reply(201, "{\"data\":{\"id\":\"g\"}}", "X-Request-Id: h-1")))
                        .requestId())
                .isEqualTo("h-1");
        assertThat(failure(connect(reply(502, "<html>", "x-request-id: h-2"))).requestId())
                .isEqualTo("h-2");
        assertThat(done(connect(reply(201, "{\"data\":{\"id\":\"g\"}}"))).requestId())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":{}}",
                "{\"data\":{\"id\":\"\"}}",
                "{\"data\":{\"id\":null}}",
                "{\"data\":{\"id\":\"../x\"}}",
                "{\"data\":[]}"
            })
    void successWithoutAGrantIdIsTemporary(String body) {
        assertThat(temporary(connect(reply(201, body)), FailureCause.INCOMPLETE).httpStatus())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "\"g-1\"", "null", "{\"data\":{\"id\":\"g-1\"}", GRANT + "x"})
    void successThatIsNotJsonIsTemporary(String body) {
        assertThat(temporary(connect(reply(200, body)), FailureCause.NOT_NYLAS).httpStatus())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void neverFollowsARedirect(int status) {
        Failure failure = failure(connect(reply(status, "", "Location: " + stub.url() + "/elsewhere")));

        assertThat(failure.kind()).isEqualTo(FailureKind.ADMINISTRATOR);
        assertThat(failure.reach()).isEqualTo(FailureReach.CONNECTION);
        assertThat(stub.requests).hasSize(1);

        client.application(stub.connection());
        assertThat(stub.requests).hasSize(2);
    }

    @Test
    void sendsNoCookiesBack() {
        connect(reply(201, GRANT, "Set-Cookie: a=b"));
        connect();

        assertThat(stub.requests.get(1).header("Cookie")).isEmpty();
    }

    @Test
    void deletesAGrant() {
        stub.answerWith(reply(200, "{\"request_id\":\"r-2\"}"));

        CallResult.Done<DeletionOutcome> done = done(client.deleteGrant(stub.connection(), "g-1", PROVIDER));

        assertThat(done).isEqualTo(new CallResult.Done<>(DeletionOutcome.DELETED, "r-2"));
        assertThat(stub.requests.get(0).line()).isEqualTo("DELETE /v3/grants/g-1 HTTP/1.1");
        assertThat(stub.requests.get(0).header("Content-Type")).isEmpty();
    }

    @Test
    void anEmptyAnswerMayConfirmADeletion() {
        stub.answerWith(socket -> write(socket, "HTTP/1.1 204 No Content\r\n\r\n"));

        assertThat(done(client.deleteGrant(stub.connection(), "g-1", PROVIDER)).value())
                .isEqualTo(DeletionOutcome.DELETED);
    }

    @Test
    void aGrantThatIsUnknownIsGone() {
        stub.answerWith(reply(404, "{\"request_id\":\"r-2\",\"error\":{\"type\":\"grant.not_found\"}}"));

        assertThat(done(client.deleteGrant(stub.connection(), "g-1", PROVIDER)).value())
                .isEqualTo(DeletionOutcome.ALREADY_GONE);
    }

    @Test
    void theNotFoundOfAGatewayIsNoDeletion() {
        stub.answerWith(reply(404, "<html>no route</html>"));
        temporary(client.deleteGrant(stub.connection(), "g-1", PROVIDER), FailureCause.NOT_NYLAS);

        stub.answerWith(reply(404, "{\"message\":\"no route\"}"));
        assertThat(failure(client.deleteGrant(stub.connection(), "g-1", PROVIDER))
                        .reach())
                .isEqualTo(FailureReach.ROW);
    }

    @Test
    void aPageOfAPortalIsNoDeletion() {
        stub.answerWith(reply(200, "<html>please log in</html>"));
        temporary(client.deleteGrant(stub.connection(), "g-1", PROVIDER), FailureCause.NOT_NYLAS);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "..", "a/b", "email:ada@contoso.example", "ada@contoso.example", "external:1", "a?b", "a%2fb"
            })
    void deletesNothingButByGrantId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> client.deleteGrant(stub.connection(), id, PROVIDER));
        assertThat(stub.requests).isEmpty();
    }

    @Test
    void readsTheMicrosoftConnector() {
        stub.answerWith(reply(200, """
                {"request_id":"r-3","data":{"provider":"microsoft","scope":["Mail.Read"],
                 "settings":{"client_id":"entra-1","tenant":"common"}}}"""));

        assertThat(done(client.connector(stub.connection(), PROVIDER)).value())
                .isEqualTo(new NylasConnector("entra-1", "common", Set.of("Mail.Read")));
        assertThat(stub.requests.get(0).line()).isEqualTo("GET /v3/connectors/microsoft HTTP/1.1");
        assertThat(stub.requests.get(0).header("Authorization")).contains("Bearer nyk_test_key");
    }

    @Test
    void readsTheApplication() {
        stub.answerWith(
                reply(200, "{\"data\":{\"application_id\":\"app-1\",\"region\":\"eu\",\"environment\":\"sandbox\"}}"));

        assertThat(done(client.application(stub.connection())).value())
                .isEqualTo(new NylasApplication("app-1", "eu", "sandbox"));
        assertThat(stub.requests.get(0).line()).isEqualTo("GET /v3/applications HTTP/1.1");
    }

    @Test
    void anApplicationIdHasUpTo255VisibleCharacters() {
        for (String id : new String[] {"!", "~".repeat(255)}) {
            stub.answerWith(reply(200, "{\"data\":{\"application_id\":\"" + id + "\"}}"));
            assertThat(done(client.application(stub.connection())).value().id()).isEqualTo(id);
        }
    }

    @Test
    void anApplicationIdOfAnyOtherFormIsNone() {
        for (String id : new String[] {"\"\"", "\"" + "a".repeat(256) + "\"", "\"a b\"", "\"\\u0007\"", "\"ä\"", "7"}) {
            stub.answerWith(reply(200, "{\"data\":{\"application_id\":" + id + "}}"));
            temporary(client.application(stub.connection()), FailureCause.INCOMPLETE);
        }
    }

    @Test
    void keepsAPathInFrontOfTheApi() {
        client.application(new ApiKey(stub.url().resolve("/gateway/"), "key"));

        assertThat(stub.requests.get(0).line()).isEqualTo("GET /gateway/v3/applications HTTP/1.1");
    }

    @Test
    void usesAConnectionAgain() {
        connect();
        connect();

        assertThat(stub.connections).hasValue(1);
    }
}
