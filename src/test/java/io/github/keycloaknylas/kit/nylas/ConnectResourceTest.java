package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.nylas.Credential;
import io.github.keycloaknylas.testkit.nylas.ExchangeRequest;
import io.github.keycloaknylas.testkit.nylas.ExchangeResult;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.nylas.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectResourceTest {

    private static final String CUSTOM = "/v3/connect/custom";

    private final NylasFixture fixture = new NylasFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_first_authentication_answers_201_with_the_whole_grant() throws Exception {
        Reply reply = fixture.client.connect("ada-token");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.textAt("/data/id")).hasSize(36);
        assertThat(reply.textAt("/data/provider")).isEqualTo("microsoft");
        assertThat(reply.textAt("/data/grant_status")).isEqualTo("valid");
        assertThat(reply.textAt("/data/email")).isEqualTo("Ada@contoso.example");
        assertThat(reply.textAt("/data/provider_user_id")).isEqualTo("ada-oid");
        assertThat(reply.textAt("/data/name")).isEqualTo("Ada");
        assertThat(reply.at("/data/settings").isObject()).isTrue();
        assertThat(reply.at("/data/created_at").asLong())
                .isEqualTo(fixture.clock.instant().getEpochSecond());
    }

    @Test
    void the_request_id_is_in_the_body_and_in_the_header() throws Exception {
        Reply reply = fixture.client.connect("ada-token");

        assertThat(reply.textAt("/request_id")).isNotBlank().isEqualTo(reply.header("x-request-id"));
    }

    @Test
    void scopes_come_back_in_short_form() throws Exception {
        Reply reply = fixture.client.connect("ada-token");

        assertThat(reply.at("/data/scope")).isEqualTo(Json.strings(List.of("Mail.Read")));
    }

    @Test
    void the_token_is_exchanged_with_the_connectors_client_tenant_and_scope() throws Exception {
        fixture.client.connect("ada-token");

        assertThat(fixture.exchanges)
                .containsExactly(new ExchangeRequest(
                        NylasFixture.CLIENT, "common", new Secret("ada-token"), List.of("Mail.Read")));
    }

    @Test
    void a_credential_named_in_settings_exchanges_with_its_own_client() throws Exception {
        OAuthClient own = new OAuthClient("customer-client", "customer-secret");
        Credential credential = fixture.application.credential("customer", own);

        Reply reply = fixture.client.send("POST", CUSTOM, body("\"credential_id\":\"" + credential.id() + "\""));

        assertThat(reply.textAt("/data/credential_id")).isEqualTo(credential.id());
        assertThat(fixture.exchanges.get(0).client()).isEqualTo(own);
    }

    @Test
    void without_a_credential_the_grant_names_the_connectors_active_one() throws Exception {
        Reply reply = fixture.client.connect("ada-token");

        assertThat(reply.textAt("/data/credential_id"))
                .isEqualTo(fixture.client.get("/v3/connectors/microsoft").textAt("/data/active_credential_id"));
    }

    @Test
    void an_unknown_credential_is_refused() throws Exception {
        Reply reply = fixture.client.send("POST", CUSTOM, body("\"credential_id\":\"nobody\""));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(fixture.exchanges).isEmpty();
    }

    @Test
    void a_credential_id_at_top_level_is_refused_so_that_the_mistake_shows() throws Exception {
        String credential =
                fixture.application.credential("customer", NylasFixture.CLIENT).id();

        Reply reply = fixture.client.send(
                "POST",
                CUSTOM,
                ApiClient.byRefreshToken("ada-token")
                        .replaceFirst("\\{", "{\"credential_id\":\"" + credential + "\","));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.textAt("/error/type")).isEqualTo("api.invalid_request_payload");
    }

    @Test
    void state_and_scope_are_accepted_beside_settings() throws Exception {
        Reply reply = fixture.client.send(
                "POST",
                CUSTOM,
                ApiClient.byRefreshToken("ada-token")
                        .replaceFirst("\\{", "{\"state\":\"s-1\",\"scope\":[\"User.Read\"],"));

        assertThat(reply.textAt("/data/state")).isEqualTo("s-1");
        assertThat(fixture.exchanges.get(0).scope()).containsExactly("User.Read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/json;charset=UTF-8", "text/plain"})
    void only_the_bare_json_content_type_is_taken(String contentType) throws Exception {
        Reply reply = fixture.client.withContentType(contentType).connect("ada-token");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.textAt("/error/message")).isEqualTo("only JSON and multipart supported");
        assertThat(fixture.nylas.grants()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"settings\":{\"refresh_token\":\"ada-token\"}}",
                "{\"provider\":\"microsoft\"}",
                "{\"provider\":\"microsoft\",\"settings\":\"ada-token\"}",
                "{\"provider\":\"microsoft\",\"settings\":{}}",
                "{\"provider\":\"microsoft\",\"settings\":{\"refresh_token\":\"\"}}",
                "{\"provider\":\"microsoft\",\"settings\":{\"refresh_token\":7}}",
                "[]",
                "not json",
                ""
            })
    void an_incomplete_body_is_refused(String body) throws Exception {
        Reply reply = fixture.client.send("POST", CUSTOM, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.textAt("/request_id")).isEqualTo(reply.header("x-request-id"));
        assertThat(reply.textAt("/error/type")).isNotBlank();
        assertThat(reply.textAt("/error/message")).isNotBlank();
    }

    @Test
    void the_same_mailbox_keeps_its_grant_id_whatever_the_case() throws Exception {
        String first = fixture.client.connect("ada-token").textAt("/data/id");
        long created = fixture.clock.instant().getEpochSecond();
        fixture.clock.pass(Duration.ofMinutes(1));
        fixture.tokens.know("later-token", new Mailbox("ADA@CONTOSO.EXAMPLE", "ada-oid", "Ada", List.of("Mail.Send")));

        Reply again = fixture.client.connect("later-token");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.textAt("/data/id")).isEqualTo(first);
        assertThat(again.at("/data/scope")).isEqualTo(Json.strings(List.of("Mail.Send")));
        assertThat(again.at("/data/created_at").asLong()).isEqualTo(created);
        assertThat(again.at("/data/updated_at").asLong()).isEqualTo(created + 60);
        assertThat(fixture.application.grants())
                .singleElement()
                .extracting(Grant::authentications)
                .isEqualTo(2);
    }

    @Test
    void a_reauthentication_may_answer_200() throws Exception {
        fixture.nylas.behaviour().reauthenticationStatus(200);
        fixture.client.connect("ada-token");

        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(200);
    }

    @Test
    void a_reauthentication_makes_an_expired_grant_valid_again() throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");
        fixture.nylas.expire(id);

        fixture.client.connect("ada-token");

        assertThat(fixture.client.get("/v3/grants/" + id).textAt("/data/grant_status"))
                .isEqualTo("valid");
    }

    @Test
    void two_applications_have_two_grants_for_one_mailbox() throws Exception {
        fixture.nylas.application("other").apiKey("other-key").connector(NylasFixture.CLIENT, "common");

        String one = fixture.client.connect("ada-token").textAt("/data/id");
        String two = fixture.client.withKey("other-key").connect("ada-token").textAt("/data/id");

        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void a_mailbox_without_address_is_known_by_its_microsoft_user() throws Exception {
        fixture.tokens.know("silent-token", new Mailbox(null, "silent-oid", null, List.of()));

        Reply one = fixture.client.connect("silent-token");
        Reply two = fixture.client.connect("silent-token");

        assertThat(one.at("/data").has("email")).isFalse();
        assertThat(two.textAt("/data/id")).isEqualTo(one.textAt("/data/id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_grant", "invalid_client", "unauthorized_client", "interaction_required"})
    void microsofts_refusal_is_passed_through(String error) throws Exception {
        fixture.tokens.know("bad-token", new ExchangeResult.Refused(error, "AADSTS0000: no"));

        Reply reply = fixture.client.connect("bad-token");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.textAt("/error/type")).isEqualTo("bad_request");
        assertThat(reply.textAt("/error/provider_error/error")).isEqualTo(error);
        assertThat(reply.textAt("/error/provider_error/error_description")).isEqualTo("AADSTS0000: no");
    }

    @Test
    void a_dead_token_may_be_a_401_that_is_not_about_the_key() throws Exception {
        fixture.nylas.behaviour().refreshTokenInvalidIs401(true);

        Reply reply = fixture.client.connect("unknown-token");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.textAt("/error/type")).isEqualTo("grant.refresh_token_invalid");
        assertThat(reply.at("/error").has("provider_error")).isFalse();
    }

    @Test
    void a_throttling_microsoft_is_a_429_with_retry_after() throws Exception {
        fixture.tokens.know("busy-token", new ExchangeResult.Throttled(Duration.ofSeconds(17)));

        Reply reply = fixture.client.connect("busy-token");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("17");
    }

    @Test
    void an_unreachable_microsoft_is_a_504() throws Exception {
        fixture.tokens.know("lost-token", new ExchangeResult.Unreachable());

        Reply reply = fixture.client.connect("lost-token");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.textAt("/error/message")).isEqualTo("Provider request timed out.");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void without_a_connector_nothing_can_be_connected(int status) throws Exception {
        fixture.nylas.behaviour().missingConnectorStatus(status);
        fixture.application.removeConnector();

        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(status);
    }

    @Test
    void another_provider_has_no_connector_here() throws Exception {
        Reply reply = fixture.client.send(
                "POST", CUSTOM, ApiClient.byRefreshToken("ada-token").replace("microsoft", "google"));

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void a_deleted_connector_takes_its_grants_validity_along() throws Exception {
        fixture.client.connect("ada-token");

        fixture.application.removeConnector();

        assertThat(fixture.application.grants())
                .singleElement()
                .extracting(Grant::status)
                .isEqualTo("invalid");
    }

    private static String body(String setting) {
        return ApiClient.byRefreshToken("ada-token").replace("\"refresh_token\"", setting + ",\"refresh_token\"");
    }
}
