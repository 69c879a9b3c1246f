package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.connections.httpclient.HttpClientBuilder;

/** A connection that breaks off: Keycloak's HTTP client would send the request again by itself. */
final class RepeatedRequestTest {

    private static final WireStub.Script RESET = socket -> {
        socket.setSoLinger(true, 0);
        socket.close();
    };
    private static final WireStub.Script SILENT_CLOSE = socket -> socket.close();

    private WireStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = new WireStub(RESET);
    }

    @AfterEach
    void stop() throws IOException {
        stub.close();
    }

    /** As Keycloak 26.4 and 26.7 build it, where {@code max-retries} is not set. */
    private static CloseableHttpClient keycloaksDefault() {
        return new HttpClientBuilder().build();
    }

    /** As Keycloak 26.7 builds it with {@code max-retries=3}: requests with a body are sent again, too. */
    private static CloseableHttpClient withMaxRetries() {
        return HttpClients.custom()
                .setRetryHandler(new DefaultHttpRequestRetryHandler(3, true))
                .build();
    }

    static Stream<Arguments> calls() {
        Map<String, Supplier<CloseableHttpClient>> clients = Map.of(
                "Keycloak's default", RepeatedRequestTest::keycloaksDefault,
                "max-retries=3", RepeatedRequestTest::withMaxRetries);
        Map<String, WireStub.Script> ends = Map.of("a reset", RESET, "a silent close", SILENT_CLOSE);
        Map<String, BiFunction<NylasClient, ApiKey, CallResult<?>>> calls = Map.of(
                "deleteGrant", (client, to) -> client.deleteGrant(to, "g-1", NylasClientTestBase.PROVIDER),
                "application", (client, to) -> client.application(to),
                "connector", (client, to) -> client.connector(to, NylasClientTestBase.PROVIDER),
                "connect",
                        (client, to) ->
                                client.connect(to, new GrantRequest("token", null), NylasClientTestBase.PROVIDER));
        return clients.entrySet().stream()
                .flatMap(http -> ends.entrySet().stream()
                        .flatMap(end -> calls.entrySet().stream()
                                .map(call -> Arguments.of(
                                        Named.of(http.getKey(), http.getValue()),
                                        Named.of(end.getKey(), end.getValue()),
                                        Named.of(call.getKey(), call.getValue())))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("calls")
    void aRequestIsSentOnce(
            Supplier<CloseableHttpClient> clients,
            WireStub.Script end,
            BiFunction<NylasClient, ApiKey, CallResult<?>> call)
            throws IOException {
        stub.answerWith(end);
        try (CloseableHttpClient http = clients.get();
                NylasClient client = new NylasClient(http, Duration.ofSeconds(20))) {
            CallResult<?> answer = call.apply(client, stub.connection());

            assertThat(NylasClientTestBase.temporary(answer, FailureCause.BROKEN_OFF)
                            .httpStatus())
                    .isNull();
        }
        assertThat(stub.requests).hasSize(1);
    }

    /** Without this the test above would hold for any client. */
    @Test
    void keycloaksClientByItselfSendsADeletionFourTimes() throws IOException {
        try (CloseableHttpClient http = keycloaksDefault()) {
            assertThatIOException().isThrownBy(() -> http.execute(new HttpDelete(stub.url())));
        }

        assertThat(stub.requests).hasSize(4);
    }

    @Test
    void theNextCallIsSentAsUsual() throws IOException {
        try (CloseableHttpClient http = keycloaksDefault();
                NylasClient client = new NylasClient(http, Duration.ofSeconds(20))) {
            NylasClientTestBase.temporary(
                    client.deleteGrant(stub.connection(), "g-1", NylasClientTestBase.PROVIDER),
                    FailureCause.BROKEN_OFF);
            stub.answerWith(WireStub.reply(200, "{\"request_id\":\"r-2\"}"));

            assertThat(client.deleteGrant(stub.connection(), "g-1", NylasClientTestBase.PROVIDER))
                    .isEqualTo(new CallResult.Done<>(DeletionOutcome.DELETED, "r-2"));
        }
    }
}
