package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each request is observed once, with what was asked and how it ended, and with nothing that was sent or received. */
class CallObserverTest extends NylasClientTestBase {

    private final List<String> observed = new ArrayList<>();

    @BeforeEach
    void observe() {
        client.close();
        client = new NylasClient(http, Duration.ofSeconds(20), operation -> {
            observed.add("begin " + operation);
            return (outcome, httpStatus) -> observed.add(operation + " " + outcome + " " + httpStatus);
        });
    }

    @Test
    void aRequestThatIsAnsweredIsDone() {
        connect();

        assertThat(observed).containsExactly("begin connect", "connect done 201");
    }

    @Test
    void aRefusalIsNamedByWhoResolvesIt() {
        connect(WireStub.reply(503, "{\"error\":{\"type\":\"api.unavailable\"}}"));
        stub.answerWith(WireStub.reply(403, "{\"error\":{\"type\":\"api.forbidden\"}}"));
        client.application(stub.connection());

        assertThat(observed)
                .containsExactly(
                        "begin connect",
                        "connect temporary 503",
                        "begin read_application",
                        "read_application administrator 403");
    }

    @Test
    void aGrantThatNylasDoesNotHaveIsAnAnswer() {
        stub.answerWith(WireStub.reply(
                404,
                "{\"request_id\":\"r-1\",\"error\":{\"type\":\"grant.not_found\",\"message\":\"No Grant found\"}}"));

        client.grant(stub.connection(), "g-1");

        assertThat(observed).containsExactly("begin read_grant", "read_grant done 404");
    }

    @Test
    void withoutAResponseThereIsNoStatus() throws IOException {
        http.close();

        client.deleteGrant(stub.connection(), "g-1", PROVIDER);

        assertThat(observed).containsExactly("begin delete_grant", "delete_grant temporary null");
    }

    @Test
    void theRequestThatChecksAKeyIsObservedAsWell() {
        connect(WireStub.reply(
                401,
                "{\"error\":{\"type\":\"unauthorized\",\"provider_error\":{\"error\":\"invalid_grant\","
                        + "\"error_description\":\"AADSTS50173: revoked\"}}}"));

        assertThat(observed).contains("begin connect", "begin read_application");
    }
}
