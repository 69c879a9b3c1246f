package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.nylas.Webhook;
import io.github.keycloaknylas.testkit.nylas.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksResourceTest {

    private final NylasFixture fixture = new NylasFixture();
    private final WebhookReceiver receiver = new WebhookReceiver();

    @AfterEach
    void close() {
        receiver.close();
        fixture.close();
    }

    @Test
    void a_new_webhook_is_active_and_shows_its_secret_once() throws Exception {
        Reply created = create();

        assertThat(created.status()).isEqualTo(200);
        assertThat(fields(created.at("/data")))
                .containsExactlyInAnyOrder(
                        "id",
                        "description",
                        "trigger_types",
                        "webhook_url",
                        "webhook_secret",
                        "status",
                        "notification_email_addresses",
                        "compressed_delivery");
        assertThat(created.textAt("/data/status")).isEqualTo("active");
        assertThat(created.textAt("/data/webhook_url")).isEqualTo(receiver.url().toString());
        assertThat(created.textAt("/data/webhook_secret")).hasSize(20);
        assertThat(get(id(created)).text()).doesNotContain(created.textAt("/data/webhook_secret"));
        assertThat(fixture.client.get("/v3/webhooks").text()).doesNotContain(created.textAt("/data/webhook_secret"));
    }

    @Test
    void a_single_webhook_has_timestamps_and_the_list_has_neither_these_nor_pages() throws Exception {
        String id = id(create());

        Reply single = get(id);
        Reply list = fixture.client.get("/v3/webhooks");

        assertThat(fields(single.at("/data")))
                .contains("status_updated_at", "created_at", "updated_at")
                .doesNotContain("webhook_secret", "compressed_delivery");
        assertThat(fields(list.json())).containsExactlyInAnyOrder("request_id", "data");
        assertThat(fields(list.at("/data/0")))
                .contains("compressed_delivery")
                .doesNotContain("webhook_secret", "created_at");
    }

    @Test
    void the_url_has_to_repeat_a_challenge_before_there_is_a_webhook() throws Exception {
        create();

        assertThat(receiver.challenges).hasSize(1);
        assertThat(receiver.challenges.get(0)).matches("[\\w-]{20,}");
    }

    @Test
    void a_challenge_keeps_the_parameters_of_the_url() throws Exception {
        Reply created = create(receiver.url("/hook?realm=acme"));

        assertThat(created.status()).isEqualTo(200);
        assertThat(receiver.challenges).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quoted", "line feed", "404", "201", "chunked", "silent", "redirect"})
    void a_challenge_that_fails_is_not_repeated_and_makes_no_webhook(String how) throws Exception {
        fixture.nylas.notifications().timeout(Duration.ofMillis(how.equals("silent") ? 300 : 10_000));
        receiver.challenged = answer -> switch (how) {
            case "quoted" -> answer.body("\"" + answer.body() + "\"");
            case "line feed" -> answer.body(answer.body() + "\n");
            case "404" -> answer.status(404);
            case "201" -> answer.status(201);
            case "chunked" -> answer.inChunks();
            case "silent" -> answer.never();
            default -> answer.status(302);
        };

        Reply refused = create();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.textAt("/error/type")).isEqualTo("70005");
        assertThat(refused.textAt("/error/message")).startsWith("unable.verify.webhook_url : ");
        assertThat(receiver.challenges).hasSize(1);
        assertThat(fixture.application.webhooks().all()).isEmpty();
    }

    @Test
    void the_status_of_a_refused_challenge_is_named() throws Exception {
        receiver.challenged = answer -> answer.status(404);

        assertThat(create().textAt("/error/message"))
                .isEqualTo("unable.verify.webhook_url : status is not ok, got 404");
    }

    @Test
    void a_url_that_cannot_be_reached_makes_no_webhook() throws Exception {
        receiver.close();

        assertThat(create().textAt("/error/type")).isEqualTo("70005");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'webhook_url':'URL'}",
                "{'trigger_types':['grant.expired']}",
                "{'trigger_types':[],'webhook_url':'URL'}",
                "{'trigger_types':'grant.expired','webhook_url':'URL'}",
                "{'trigger_types':['grant.expire'],'webhook_url':'URL'}",
                "{'trigger_types':['grant.expired'],'webhook_url':'/hook'}",
                "{'trigger_types':['grant.expired'],'webhook_url':'ftp://x.example/'}",
                "{'trigger_types':['grant.expired'],'webhook_url':'URL','compressed_delivery':'yes'}"
            })
    void a_senseless_body_is_refused_without_a_challenge(String body) throws Exception {
        Reply refused = fixture.client.send(
                "POST",
                "/v3/webhooks",
                body.replace('\'', '"').replace("URL", receiver.url().toString()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(receiver.challenges).isEmpty();
    }

    @Test
    void two_webhooks_cannot_have_one_url() throws Exception {
        create();

        assertThat(create().status()).isEqualTo(400);
        assertThat(fixture.application.webhooks().all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "rotate"})
    void an_unknown_id_is_a_400(String method) throws Exception {
        Reply reply = method.equals("rotate")
                ? rotate("unknown")
                : fixture.client.send(method, "/v3/webhooks/unknown", method.equals("PUT") ? "{}" : null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.textAt("/error/type")).isEqualTo("70000");
        assertThat(reply.textAt("/error/message")).isEqualTo("destination.id.not.found : record not found");
        assertThat(reply.textAt("/request_id")).isNotBlank();
    }

    @Test
    void another_applications_webhook_is_unknown() throws Exception {
        String id = id(create());
        fixture.nylas.application("other").apiKey("other-key");

        ApiClient other = fixture.client.withKey("other-key");

        assertThat(other.get("/v3/webhooks/" + id).status()).isEqualTo(400);
        assertThat(other.get("/v3/webhooks").at("/data")).isEmpty();
    }

    @Test
    void an_update_changes_the_fields_it_names_and_an_empty_field_changes_nothing() throws Exception {
        String id = id(create());
        fixture.clock.pass(Duration.ofSeconds(5));

        Reply updated = update(
                id,
                "{\"description\":\"mine\",\"trigger_types\":[],\"webhook_url\":\"\",\"compressed_delivery\":true}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.textAt("/data/description")).isEqualTo("mine");
        assertThat(updated.textAt("/data/webhook_url")).isEqualTo(receiver.url().toString());
        assertThat(updated.at("/data/trigger_types"))
                .isEqualTo(Json.strings(List.of("grant.created", "grant.updated", "grant.expired", "grant.deleted")));
        assertThat(updated.at("/data/compressed_delivery").asBoolean()).isTrue();
        assertThat(updated.at("/data/updated_at").asLong())
                .isEqualTo(updated.at("/data/created_at").asLong() + 5);
        assertThat(updated.at("/data/status_updated_at")).isEqualTo(updated.at("/data/created_at"));
        assertThat(updated.json().at("/data").has("webhook_secret")).isFalse();
        assertThat(receiver.challenges).hasSize(1);
    }

    @Test
    void a_webhook_is_paused_at_once_and_challenged_before_it_is_active_again() throws Exception {
        String id = id(create());

        assertThat(update(id, "{\"status\":\"pause\"}").textAt("/data/status")).isEqualTo("pause");
        assertThat(receiver.challenges).hasSize(1);

        receiver.challenged = answer -> answer.status(503);
        assertThat(update(id, "{\"status\":\"active\"}").textAt("/error/type")).isEqualTo("70005");
        assertThat(get(id).textAt("/data/status")).isEqualTo("pause");

        receiver.challenged = answer -> answer;
        assertThat(update(id, "{\"status\":\"active\"}").textAt("/data/status")).isEqualTo("active");
        assertThat(receiver.challenges).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paused", "failing", "failed", "inactive"})
    void the_owner_sets_no_other_status(String status) throws Exception {
        String id = id(create());

        assertThat(update(id, "{\"status\":\"" + status + "\"}").status()).isEqualTo(400);
    }

    @Test
    void nylas_sets_the_other_statuses() throws Exception {
        String id = id(create());
        fixture.clock.pass(Duration.ofSeconds(5));

        fixture.application.webhooks().status(id, Webhook.Status.FAILED);

        assertThat(get(id).textAt("/data/status")).isEqualTo("failed");
        assertThat(get(id).at("/data/status_updated_at").asLong())
                .isEqualTo(get(id).at("/data/created_at").asLong() + 5);
    }

    @Test
    void a_new_url_is_challenged() throws Exception {
        String id = id(create());
        receiver.challenged = answer -> answer.status(404);

        assertThat(update(id, "{\"webhook_url\":\"" + receiver.url("/other") + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(get(id).textAt("/data/webhook_url")).isEqualTo(receiver.url().toString());
    }

    @Test
    void a_deleted_webhook_is_gone() throws Exception {
        String id = id(create());

        Reply deleted = fixture.client.send("DELETE", "/v3/webhooks/" + id, null);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.textAt("/data/status")).isEqualTo("success");
        assertThat(deleted.textAt("/request_id")).isNotBlank();
        assertThat(get(id).status()).isEqualTo(400);
    }

    @Test
    void a_rotation_replaces_the_secret_and_shows_the_new_one() throws Exception {
        Reply created = create();

        Reply rotated = rotate(id(created));

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.textAt("/data/id")).isEqualTo(id(created));
        assertThat(rotated.textAt("/data/webhook_secret"))
                .hasSize(20)
                .isNotEqualTo(created.textAt("/data/webhook_secret"))
                .isEqualTo(fixture.application.webhooks().all().get(0).secret().value());
        assertThat(receiver.challenges).hasSize(1);
    }

    @Test
    void a_rotated_secret_may_come_outside_of_data() throws Exception {
        String id = id(create());
        fixture.nylas.behaviour().rotatedSecretOnTop(true);

        Reply rotated = rotate(id);

        assertThat(fields(rotated.json())).containsExactlyInAnyOrder("request_id", "webhook_secret");
    }

    @Test
    void a_webhook_made_by_hand_is_not_challenged() throws Exception {
        Webhook webhook = fixture.application.webhooks().add(WebhookSettings.of(receiver.url(), "grant.expired"));

        assertThat(get(webhook.id()).textAt("/data/status")).isEqualTo("active");
        assertThat(receiver.challenges).isEmpty();
        assertThat(webhook.toString()).doesNotContain(webhook.secret().value());
    }

    @Test
    void a_wrong_key_and_too_many_requests_are_refused_as_elsewhere() throws Exception {
        assertThat(fixture.client.withKey("wrong").get("/v3/webhooks").status()).isEqualTo(401);

        fixture.nylas.behaviour().rateLimit(1, null);
        fixture.client.get("/v3/webhooks");
        assertThat(fixture.client.get("/v3/webhooks").status()).isEqualTo(429);
    }

    private Reply create() throws Exception {
        return create(receiver.url());
    }

    private Reply create(URI url) throws Exception {
        return fixture.client.send(
                "POST",
                "/v3/webhooks",
                "{\"trigger_types\":[\"grant.created\",\"grant.updated\",\"grant.expired\",\"grant.deleted\"],"
                        + "\"webhook_url\":\"" + url + "\"}");
    }

    private Reply get(String id) throws Exception {
        return fixture.client.get("/v3/webhooks/" + id);
    }

    private Reply update(String id, String body) throws Exception {
        return fixture.client.send("PUT", "/v3/webhooks/" + id, body);
    }

    private Reply rotate(String id) throws Exception {
        return fixture.client.send("POST", "/v3/webhooks/rotate-secret/" + id, null);
    }

    private static String id(Reply created) {
        return created.textAt("/data/id");
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
