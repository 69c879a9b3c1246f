package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.nylas.GrantEvent.Kind;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsResourceTest {

    private final NylasFixture fixture = new NylasFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "grant:%s", "grant%%3A%s"})
    void a_grant_is_found_by_id(String spelling) throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");

        Reply reply = fixture.client.get("/v3/grants/" + spelling.formatted(id));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.textAt("/data/id")).isEqualTo(id);
        assertThat(reply.textAt("/request_id")).isEqualTo(reply.header("x-request-id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@contoso.example", "email:ada@contoso.example", "ada%40contoso.example"})
    void a_grant_is_found_by_mailbox(String spelling) throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");

        assertThat(fixture.client.get("/v3/grants/" + spelling).textAt("/data/id"))
                .isEqualTo(id);
    }

    @Test
    void a_plus_in_an_address_stays_a_plus() throws Exception {
        fixture.tokens.know("plus-token", new Mailbox("ada+shop@contoso.example", "oid", "Ada", List.of()));
        fixture.client.connect("plus-token");

        assertThat(fixture.client.get("/v3/grants/ada+shop@contoso.example").status())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_grant_is_a_404() throws Exception {
        Reply reply = fixture.client.get("/v3/grants/nobody");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.textAt("/error/type")).isEqualTo("grant.not_found");
    }

    @Test
    void another_applications_grant_is_a_404() throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");
        fixture.nylas.application("other").apiKey("other-key");

        assertThat(fixture.client.withKey("other-key").get("/v3/grants/" + id).status())
                .isEqualTo(404);
    }

    @Test
    void an_expired_grant_is_invalid_but_there() throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");

        fixture.nylas.expire(id);

        assertThat(fixture.client.get("/v3/grants/" + id).textAt("/data/grant_status"))
                .isEqualTo("invalid");
    }

    @Test
    void a_deleted_grant_is_gone_and_never_returns_under_its_id() throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");

        Reply deleted = fixture.client.send("DELETE", "/v3/grants/" + id, null);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().size()).isEqualTo(1);
        assertThat(deleted.textAt("/request_id")).isNotBlank();
        assertThat(fixture.client.get("/v3/grants/" + id).status()).isEqualTo(404);
        assertThat(fixture.client.send("DELETE", "/v3/grants/" + id, null).status())
                .isEqualTo(404);
        assertThat(fixture.client.connect("ada-token").textAt("/data/id")).isNotEqualTo(id);
    }

    @Test
    void a_patch_changes_the_record_and_revives_nothing() throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");
        fixture.nylas.expire(id);

        Reply reply = fixture.client.send(
                "PATCH",
                "/v3/grants/" + id,
                "{\"scope\":[\"Mail.Send\"],\"settings\":{\"refresh_token\":\"ada-token\"}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/scope")).isEqualTo(Json.strings(List.of("Mail.Send")));
        assertThat(reply.textAt("/data/grant_status")).isEqualTo("invalid");
        assertThat(reply.text()).doesNotContain("ada-token");
    }

    @Test
    void a_list_shows_ten_grants_newest_first_and_pages_by_offset() throws Exception {
        for (int i = 0; i < 12; i++) {
            fixture.tokens.know(
                    "token-" + i, new Mailbox("user" + i + "@contoso.example", "oid-" + i, null, List.of()));
            fixture.client.connect("token-" + i);
            fixture.clock.pass(Duration.ofSeconds(1));
        }

        Reply first = fixture.client.get("/v3/grants");
        Reply second = fixture.client.get("/v3/grants?offset=10&limit=5");

        assertThat(first.at("/limit").asInt()).isEqualTo(10);
        assertThat(first.at("/offset").asInt()).isZero();
        assertThat(first.json().has("next_cursor")).isFalse();
        assertThat(first.at("/data").findValuesAsText("email")).hasSize(10).startsWith("user11@contoso.example");
        assertThat(second.at("/data").findValuesAsText("email"))
                .containsExactly("user1@contoso.example", "user0@contoso.example");
    }

    @Test
    void a_list_filters_by_mailbox_and_status() throws Exception {
        fixture.client.connect("ada-token");
        fixture.client.connect("ben-token");
        fixture.nylas.expire("ben@contoso.example");

        assertThat(emails("email=ADA%40contoso.example")).containsExactly("Ada@contoso.example");
        assertThat(emails("grant_status=invalid")).containsExactly("ben@contoso.example");
        assertThat(emails("provider=google")).isEmpty();
    }

    @Test
    void a_list_shows_each_change_at_once() throws Exception {
        fixture.client.connect("ada-token");
        assertThat(emails("limit=10")).containsExactly("Ada@contoso.example");

        fixture.clock.pass(Duration.ofSeconds(1));
        fixture.client.connect("ben-token");
        assertThat(emails("limit=10")).containsExactly("ben@contoso.example", "Ada@contoso.example");
        fixture.nylas.delete("ada@contoso.example");
        assertThat(emails("limit=10")).containsExactly("ben@contoso.example");
        fixture.nylas.expire("ben@contoso.example");
        assertThat(emails("limit=10&grant_status=invalid")).containsExactly("ben@contoso.example");
    }

    @Test
    void a_list_filters_by_the_provider_of_each_grant() throws Exception {
        fixture.nylas.provider("google", fixture.tokens);
        fixture.application.connector("google", NylasFixture.CLIENT, null);
        fixture.client.connect("ada-token");
        fixture.client.send(
                "POST",
                "/v3/connect/custom",
                ApiClient.byRefreshToken("ben-token").replace("microsoft", "google"));

        assertThat(emails("provider=google")).containsExactly("ben@contoso.example");
        assertThat(emails("provider=microsoft")).containsExactly("Ada@contoso.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=201", "limit=0", "limit=many", "offset=-1", "sort_by=createdAt", "order_by=up"})
    void a_senseless_query_is_refused(String query) throws Exception {
        fixture.client.connect("ada-token");

        assertThat(fixture.client.get("/v3/grants?" + query).status()).isEqualTo(400);
    }

    @Test
    void a_filtered_list_may_lag_behind_while_the_whole_one_is_fresh() throws Exception {
        fixture.nylas.behaviour().filteredListLag(Duration.ofSeconds(70));
        fixture.client.connect("ada-token");

        assertThat(emails("provider=microsoft")).isEmpty();
        assertThat(emails("limit=10")).hasSize(1);

        fixture.clock.pass(Duration.ofSeconds(70));
        assertThat(emails("provider=microsoft")).hasSize(1);
    }

    @Test
    void whoever_listens_hears_of_a_grants_whole_life() throws Exception {
        List<Kind> heard = new ArrayList<>();
        fixture.nylas.onGrantEvent(event -> heard.add(event.kind()));

        fixture.client.connect("ada-token");
        fixture.client.connect("ada-token");
        fixture.nylas.expire("ada@contoso.example");
        fixture.nylas.delete("ada@contoso.example");

        assertThat(heard).containsExactly(Kind.CREATED, Kind.REAUTHENTICATED, Kind.EXPIRED, Kind.DELETED);
    }

    private List<String> emails(String query) throws Exception {
        return fixture.client.get("/v3/grants?" + query).at("/data").findValuesAsText("email");
    }
}
