package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.nylas.NylasApplication.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

    private final NylasFixture fixture = new NylasFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_application_has_several_keys_and_can_lose_one() throws Exception {
        fixture.application.apiKey("new-key");
        fixture.application.revoke("shop-key");

        assertThat(fixture.client.withKey("new-key").get("/v3/applications").status())
                .isEqualTo(200);
        assertThat(fixture.client.get("/v3/applications").status()).isEqualTo(401);
    }

    @Test
    void an_unknown_key_is_a_401_in_the_standard_shape() throws Exception {
        Reply reply = fixture.client.withKey("wrong").connect("ada-token");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.textAt("/error/type")).isEqualTo("api.authentication_error");
        assertThat(reply.textAt("/request_id")).isEqualTo(reply.header("x-request-id"));
    }

    @Test
    void an_unknown_key_may_be_a_400() throws Exception {
        fixture.nylas.behaviour().badKeyIs400(true);

        Reply reply = fixture.client.withKey("wrong").connect("ada-token");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.textAt("/error/type")).isEqualTo("token.unauthorized_access");
    }

    @Test
    void a_key_of_another_region_is_a_401() throws Exception {
        fixture.nylas.application("european", "eu", "production").apiKey("eu-key");

        assertThat(fixture.client.withKey("eu-key").get("/v3/applications").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"BLOCKED, 423", "FORBIDDEN, 403", "GOOD, 201"})
    void an_application_is_served_unless_blocked_or_forbidden(Status given, int status) throws Exception {
        fixture.application.status(given);

        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(status);
    }

    @Test
    void the_key_tells_the_application() throws Exception {
        Reply reply = fixture.client.get("/v3/applications");

        assertThat(reply.textAt("/data/application_id")).isEqualTo("shop");
        assertThat(reply.textAt("/data/region")).isEqualTo("us");
        assertThat(reply.textAt("/data/environment")).isEqualTo("production");
    }

    @Test
    void fifty_requests_a_second_pass_and_the_next_is_a_429() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(fixture.client.get("/v3/grants").status()).isEqualTo(200);
        }

        Reply refused = fixture.client.get("/v3/grants");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.textAt("/error/type")).isEqualTo("api.rate_limit_error");
        assertThat(refused.header("Retry-After")).isNull();
        assertThat(fixture.client.get("/v3/applications").status()).isEqualTo(200);

        fixture.clock.pass(Duration.ofSeconds(1));
        assertThat(fixture.client.get("/v3/grants").status()).isEqualTo(200);
    }

    @Test
    void the_rate_limit_is_adjustable_and_may_say_when_to_retry() throws Exception {
        fixture.nylas.behaviour().rateLimit(0, Duration.ofSeconds(3));

        Reply refused = fixture.client.connect("ada-token");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("3");
        assertThat(fixture.nylas.behaviour().noRateLimit()).isNotNull();
        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/messages", "/v3/connect/token", "/v3/connectors/google", "/v3/grants/a/b"})
    void a_path_outside_of_the_fake_is_a_404(String path) throws Exception {
        Reply reply = fixture.client.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.textAt("/error/type")).isEqualTo("api.not_found_error");
    }
}
