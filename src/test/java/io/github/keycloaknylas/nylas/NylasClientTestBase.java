package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.mail.Microsoft;
import java.io.IOException;
import java.time.Duration;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client as Keycloak hands it out, and a server to misbehave. */
abstract class NylasClientTestBase {

    static final NylasProvider PROVIDER = new Microsoft();
    static final GrantRequest GRANT_REQUEST = new GrantRequest("0.AXoA-refresh.Token_1", null);
    static final String GRANT = "{\"request_id\":\"r-1\",\"data\":{\"id\":\"g-1\"}}";

    final PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
    CloseableHttpClient http;
    WireStub stub;
    NylasClient client;

    @BeforeEach
    void start() throws IOException {
        http = HttpClients.custom().setConnectionManager(pool).build();
        stub = new WireStub(WireStub.reply(201, GRANT));
        client = new NylasClient(http, Duration.ofSeconds(20));
    }

    @AfterEach
    void everyConnectionWasGivenBack() throws IOException {
        // An aborted call ends a moment before the thread that aborted it gives the connection back.
        await().untilAsserted(() -> assertThat(pool.getTotalStats().getLeased()).isZero());
        client.close();
        stub.close();
        http.close();
    }

    CallResult<NylasGrant> connect() {
        return client.connect(stub.connection(), GRANT_REQUEST, PROVIDER);
    }

    CallResult<NylasGrant> connect(WireStub.Script script) {
        stub.answerWith(script);
        return connect();
    }

    static <T> CallResult.Done<T> done(CallResult<T> answer) {
        assertThat(answer).isInstanceOf(CallResult.Done.class);
        return (CallResult.Done<T>) answer;
    }

    static Failure failure(CallResult<?> answer) {
        assertThat(answer).isInstanceOf(CallResult.Failed.class);
        return ((CallResult.Failed<?>) answer).failure();
    }

    static Failure temporary(CallResult<?> answer, FailureCause cause) {
        Failure failure = failure(answer);
        assertThat(failure.kind()).isEqualTo(FailureKind.TEMPORARY);
        assertThat(failure.reach()).isNull();
        assertThat(failure.hint()).isEqualTo(cause.hint(PROVIDER) + ".");
        return failure;
    }
}
