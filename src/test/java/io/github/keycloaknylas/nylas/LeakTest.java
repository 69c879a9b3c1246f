package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.WireStub.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that echoes the token and the key wherever it can gets neither of them stored, shown or logged. */
final class LeakTest extends NylasClientTestBase {

    private static final String TOKEN = "0.AXoA" + "Secret-Token_".repeat(80);
    private static final String KEY = "nyk_v0_SecretKey.abc";
    private static final String ECHO = "{\"request_id\":\"RID\",\"error\":{\"type\":\"%1$s\",\"message\":\"%1$s %2$s\","
            + "\"provider_error\":{\"error\":\"%1$s\",\"error_description\":\"AADSTS50173 %1$s %2$s\"}}}";

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.github.keycloaknylas");
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void record() {
        recorder.setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.addHandler(recorder);
    }

    @AfterEach
    void stopRecording() {
        logger.removeHandler(recorder);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 407, 423, 429, 500})
    void anEchoGoesNoFurther(int status) {
        for (String secret : List.of(TOKEN, KEY)) {
            for (String body : List.of(ECHO.formatted(secret, secret).replace("RID", secret), secret)) {
                stub.answerWith(reply(status, body, "X-Request-Id: " + secret, "Retry-After: " + secret));

                CallResult<NylasGrant> answer =
                        client.connect(new ApiKey(stub.url(), KEY), new GrantRequest(TOKEN, "c-1"), PROVIDER);

                assertSilent(answer);
            }
        }
        assertThat(logged).allSatisfy(LeakTest::assertSilent);
    }

    /** Real keys have no letter that an error type or a request id could not have. */
    @ParameterizedTest
    @ValueSource(ints = {200, 401, 500})
    void aKeyOrTokenThatLooksLikeARequestIdOrATypeGoesNoFurther(int status) {
        String key = "nyk_v0_secretkey" + "abcdefgh01234567";
        String token = "secret-token_" + "abcdefgh01234567";
        for (String echo : List.of(key, token, key.substring(7), "id-" + token)) {
            stub.answerWith(reply(status, ECHO.formatted(echo, echo).replace("RID", echo), "X-Request-Id: " + echo));

            Failure failure =
                    failure(client.connect(new ApiKey(stub.url(), key), new GrantRequest(token, null), PROVIDER));

            assertThat(failure.requestId()).isNull();
            assertThat(failure.type()).isNull();
        }
    }

    @Test
    void brokenProtocolGoesNoFurther() {
        stub.answerWith(socket -> {
            WireStub.write(socket, TOKEN + " " + KEY + "\r\n\r\n");
            socket.close();
        });

        assertSilent(client.connect(new ApiKey(stub.url(), KEY), new GrantRequest(TOKEN, null), PROVIDER));
        assertThat(logged).allSatisfy(LeakTest::assertSilent);
    }

    @Test
    void noValuePrintsASecret() {
        NylasResponse response =
                NylasResponse.of(400, KEY, TOKEN, ECHO.formatted(TOKEN, KEY).getBytes(StandardCharsets.UTF_8));
        ApiKey connection = new ApiKey(stub.url(), KEY);
        GrantRequest request = new GrantRequest(TOKEN, null);

        assertSilent(connection);
        assertSilent(request);
        assertSilent(response);
        assertSilent(NylasError.of(response.body(), PROVIDER));
        assertSilent(Requests.connect(connection, request, PROVIDER));
        assertThat(connection.toString()).contains(stub.url().toString());
    }

    private static void assertSilent(Object value) {
        assertThat(value.toString()).doesNotContain("Secret", "SecretKey", "nyk_v0");
    }
}
