package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.kit.nylas.WebhookReceiver.Received;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.nylas.Delivery;
import io.github.keycloaknylas.testkit.nylas.DeliveryJournal;
import io.github.keycloaknylas.testkit.nylas.Notification;
import io.github.keycloaknylas.testkit.nylas.Notifications;
import io.github.keycloaknylas.testkit.nylas.Secret;
import io.github.keycloaknylas.testkit.nylas.Webhook;
import io.github.keycloaknylas.testkit.nylas.WebhookRequest;
import io.github.keycloaknylas.testkit.nylas.WebhookSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What webhooks receive of the life of a grant. */
class NotificationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String[] ALL = {"grant.created", "grant.updated", "grant.expired", "grant.deleted"};

    private final NylasFixture fixture = new NylasFixture();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final Notifications notifications = fixture.nylas.notifications();

    @AfterEach
    void close() {
        receiver.close();
        fixture.close();
    }

    @Test
    void nothing_is_sent_without_a_webhook() throws Exception {
        fixture.client.connect("ada-token");

        notifications.awaitQuiet(PATIENCE);
        assertThat(notifications.deliveries().all()).isEmpty();
    }

    @Test
    void a_webhook_receives_the_envelope_of_a_new_grant() throws Exception {
        webhook(ALL);

        String grantId = fixture.client.connect("ada-token").textAt("/data/id");

        JsonNode envelope = only(received(1)).json();
        assertThat(envelope.path("specversion").asText()).isEqualTo("1.0");
        assertThat(envelope.path("type").asText()).isEqualTo("grant.created");
        assertThat(envelope.path("source").asText()).isEqualTo("/nylas/system");
        assertThat(envelope.path("id").asText()).isNotBlank();
        assertThat(envelope.path("time").asLong())
                .isEqualTo(fixture.clock.instant().getEpochSecond());
        assertThat(envelope.path("webhook_delivery_attempt").asInt()).isEqualTo(1);
        assertThat(envelope.at("/data/application_id").asText()).isEqualTo("shop");
        JsonNode object = envelope.at("/data/object");
        assertThat(object.path("code").asInt()).isEqualTo(25012);
        assertThat(object.path("grant_id").asText()).isEqualTo(grantId);
        assertThat(object.path("integration_id").asText()).isNotBlank();
        assertThat(object.path("provider").asText()).isEqualTo("microsoft");
        assertThat(object.path("email").asText()).isEqualTo("Ada@contoso.example");
        assertThat(object.path("name").asText()).isEqualTo("Ada");
        assertThat(object.path("scope")).isEqualTo(Json.strings(List.of("Mail.Read")));
        assertThat(object.has("login_id")).isFalse();
    }

    @Test
    void a_reauthentication_an_expiry_and_a_deletion_have_fields_of_their_own() throws Exception {
        fixture.client.connect("ada-token");
        long authenticated = fixture.clock.instant().getEpochSecond();
        webhook(ALL);

        fixture.client.connect("ada-token");
        JsonNode updated = received(1).get(0).json();
        fixture.clock.pass(Duration.ofHours(1));
        fixture.nylas.expire("ada@contoso.example");
        JsonNode expired = received(2).get(1).json();
        fixture.nylas.delete("ada@contoso.example");
        JsonNode deleted = received(3).get(2).json();

        assertThat(updated.path("type").asText()).isEqualTo("grant.updated");
        assertThat(updated.at("/data/object/code").asInt()).isEqualTo(25027);
        assertThat(updated.at("/data/object/reauthentication_flag").asBoolean()).isTrue();
        assertThat(updated.at("/data/object").has("scope")).isFalse();
        assertThat(expired.path("type").asText()).isEqualTo("grant.expired");
        assertThat(expired.at("/data/object/code").asInt()).isEqualTo(25009);
        assertThat(expired.at("/data/object/grant_updated_at").asLong()).isEqualTo(authenticated);
        assertThat(expired.path("time").asLong()).isEqualTo(authenticated + 3600);
        assertThat(deleted.path("type").asText()).isEqualTo("grant.deleted");
        assertThat(deleted.at("/data/object/code").asInt()).isEqualTo(25013);
    }

    @Test
    void a_change_without_an_authentication_is_an_update_without_the_flag() throws Exception {
        String id = fixture.client.connect("ada-token").textAt("/data/id");
        webhook(ALL);

        fixture.client.send("PATCH", "/v3/grants/" + id, "{\"scope\":[\"Mail.Send\"]}");

        JsonNode object = only(received(1)).json().at("/data/object");
        assertThat(object.path("code").asInt()).isEqualTo(25014);
        assertThat(object.path("reauthentication_flag").asBoolean(true)).isFalse();
    }

    @Test
    void the_signature_is_the_hmac_of_the_bytes() throws Exception {
        Webhook webhook = webhook(ALL);

        fixture.client.connect("ada-token");

        Received notification = only(received(1));
        assertThat(notification.header("X-Nylas-Signature")).isEqualTo(hmac(webhook.secret(), notification.body()));
        assertThat(notification.header("Content-Type")).isEqualTo("application/json");
        assertThat(notification.header("Content-Encoding")).isNull();
    }

    @Test
    void the_hmac_is_that_of_rfc_4231() {
        byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

        assertThat(hmac(new Secret("Jefe"), data))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void a_compressed_notification_is_signed_over_the_compressed_bytes() throws Exception {
        Webhook webhook = fixture.application
                .webhooks()
                .add(WebhookSettings.of(receiver.url(), ALL).compressed());

        fixture.client.connect("ada-token");

        Received notification = only(received(1));
        assertThat(notification.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(notification.header("X-Nylas-Signature")).isEqualTo(hmac(webhook.secret(), notification.body()));
        assertThat(notification.unzipped().path("type").asText()).isEqualTo("grant.created");
    }

    @Test
    void after_a_rotation_the_old_secret_signs_nothing_not_even_what_is_waiting() throws Exception {
        Webhook webhook = webhook(ALL);
        notifications.pause();
        fixture.client.connect("ada-token");
        String fresh = fixture.client
                .send("POST", "/v3/webhooks/rotate-secret/" + webhook.id(), null)
                .textAt("/data/webhook_secret");

        notifications.resume();

        Received notification = only(received(1));
        assertThat(notification.header("X-Nylas-Signature"))
                .isEqualTo(hmac(new Secret(fresh), notification.body()))
                .isNotEqualTo(hmac(webhook.secret(), notification.body()));
    }

    @Test
    void a_webhook_receives_the_types_it_asked_for_while_it_is_active() throws Exception {
        Webhook webhook = webhook("grant.expired");
        fixture.client.connect("ada-token");
        fixture.application.webhooks().status(webhook.id(), Webhook.Status.FAILED);
        fixture.nylas.expire("ada@contoso.example");
        fixture.application.webhooks().status(webhook.id(), Webhook.Status.PAUSE);
        fixture.nylas.expire("ada@contoso.example");
        fixture.application.webhooks().status(webhook.id(), Webhook.Status.ACTIVE);
        notifications.awaitQuiet(PATIENCE);
        assertThat(receiver.received).isEmpty();

        fixture.application.webhooks().status(webhook.id(), Webhook.Status.FAILING);
        fixture.nylas.expire("ada@contoso.example");

        assertThat(only(received(1)).json().path("type").asText()).isEqualTo("grant.expired");
    }

    @Test
    void another_applications_webhook_receives_nothing() throws Exception {
        fixture.nylas.application("other").webhooks().add(WebhookSettings.of(receiver.url(), ALL));

        fixture.client.connect("ada-token");

        notifications.awaitQuiet(PATIENCE);
        assertThat(receiver.received).isEmpty();
    }

    @Test
    void a_webhook_hears_nothing_of_what_was_before_it() throws Exception {
        Webhook first = webhook("grant.created");
        notifications.pause();
        fixture.client.connect("ada-token");
        fixture.application.webhooks().add(WebhookSettings.of(receiver.url("/second"), ALL));

        notifications.resume();
        notifications.awaitQuiet(PATIENCE);

        assertThat(notifications.deliveries().all())
                .extracting(Delivery::webhookId)
                .containsExactly(first.id());
    }

    @Test
    void each_delivery_is_kept_in_the_journal() throws Exception {
        Webhook webhook = webhook(ALL);
        receiver.answering(401);

        fixture.client.connect("ada-token");

        List<Delivery> deliveries = notifications.deliveries().await(DeliveryJournal.of("grant.created"), 1, PATIENCE);
        Delivery delivery = deliveries.get(0);
        assertThat(delivery.url()).isEqualTo(receiver.url());
        assertThat(delivery.webhookId()).isEqualTo(webhook.id());
        assertThat(delivery.attempt()).isEqualTo(1);
        assertThat(delivery.status()).isEqualTo(401);
        assertThat(delivery.response().body()).asString(StandardCharsets.UTF_8).isEqualTo("no");
        assertThat(delivery.notification().id())
                .isEqualTo(receiver.received.get(0).json().path("id").asText());
        assertThat(delivery.toString())
                .isEqualTo("grant.created #1 -> " + receiver.url() + " 401")
                .doesNotContain(webhook.secret().value());
    }

    @Test
    void waiting_in_vain_tells_what_came_instead() throws Exception {
        webhook(ALL);
        fixture.client.connect("ada-token");
        received(1);

        assertThatThrownBy(
                        () -> notifications.deliveries().await(DeliveryJournal.of("grant.deleted"), 1, Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("grant.created #1");
    }

    @Test
    void while_paused_nothing_is_sent_and_then_everything() throws Exception {
        webhook(ALL);
        notifications.pause();
        fixture.client.connect("ada-token");
        fixture.nylas.expire("ada@contoso.example");
        assertThat(notifications.waiting())
                .extracting(Notification::type)
                .containsExactly("grant.created", "grant.expired");
        assertThat(receiver.received).isEmpty();

        notifications.resume();

        assertThat(received(2))
                .extracting(received -> received.json().path("type").asText())
                .containsExactlyInAnyOrder("grant.created", "grant.expired");
        assertThat(notifications.waiting()).isEmpty();
    }

    @Test
    void a_test_chooses_the_order_of_what_is_waiting() throws Exception {
        webhook(ALL);
        notifications.pause();
        fixture.client.connect("ada-token");
        fixture.nylas.expire("ada@contoso.example");
        fixture.nylas.delete("ada@contoso.example");
        List<Notification> waiting = notifications.waiting();

        List<Delivery> deliveries = notifications.release(List.of(waiting.get(2), waiting.get(0), waiting.get(2)));

        assertThat(deliveries).extracting(Delivery::status).containsExactly(200, 200, 200);
        assertThat(receiver.received)
                .extracting(received -> received.json().path("type").asText())
                .containsExactly("grant.deleted", "grant.created", "grant.deleted");
        assertThat(notifications.waiting()).containsExactly(waiting.get(1));
    }

    @Test
    void copies_have_the_same_id_and_attempt() throws Exception {
        webhook(ALL);
        notifications.copies(3);

        fixture.client.connect("ada-token");

        List<Received> copies = received(3);
        notifications.awaitQuiet(PATIENCE);
        assertThat(copies)
                .extracting(copy -> copy.json())
                .containsOnly(copies.get(0).json());
        assertThat(receiver.received).hasSize(3);
    }

    @Test
    void a_delivery_can_be_replayed() throws Exception {
        webhook(ALL);
        fixture.client.connect("ada-token");
        Delivery first =
                notifications.deliveries().await(any -> true, 1, PATIENCE).get(0);

        Delivery replay = notifications.send(first.request());

        assertThat(replay.status()).isEqualTo(200);
        assertThat(receiver.received.get(1).body())
                .isEqualTo(receiver.received.get(0).body());
        assertThat(receiver.received.get(1).header("X-Nylas-Signature"))
                .isEqualTo(receiver.received.get(0).header("X-Nylas-Signature"));
    }

    @Test
    void any_bytes_can_be_sent_with_any_signature() throws Exception {
        notifications.pause();
        WebhookRequest forged = WebhookRequest.post(receiver.url(), new byte[] {1, 2, 3})
                .with("Content-Type", "text/plain")
                .with(WebhookRequest.SIGNATURE, "00ff");
        WebhookRequest unsigned = forged.with(WebhookRequest.SIGNATURE, null);

        Delivery delivery = notifications.send(forged);
        notifications.send(unsigned);

        assertThat(delivery.status()).isEqualTo(200);
        assertThat(delivery.attempt()).isZero();
        assertThat(receiver.received.get(0).body()).containsExactly(1, 2, 3);
        assertThat(receiver.received.get(0).header("Content-Type")).isEqualTo("text/plain");
        assertThat(receiver.received.get(0).header("X-Nylas-Signature")).isEqualTo("00ff");
        assertThat(receiver.received.get(1).header("X-Nylas-Signature")).isNull();
    }

    @Test
    void many_events_at_once_are_all_delivered() throws Exception {
        webhook("grant.expired");
        fixture.client.connect("ada-token");

        for (int i = 0; i < 500; i++) {
            fixture.nylas.expire("ada@contoso.example");
        }

        assertThat(notifications.deliveries().await(delivery -> delivery.status() == 200, 500, PATIENCE))
                .hasSize(500);
    }

    @Test
    void closing_ends_deliveries_that_are_under_way_and_their_threads() throws Exception {
        webhook(ALL);
        receiver.answers.add(WebhookReceiver.Answer.of(200, "").never());
        fixture.client.connect("ada-token");
        received(1);

        fixture.nylas.close();

        notifications.awaitQuiet(Duration.ofSeconds(5));
        fixture.nylas.expire("ada@contoso.example");
        assertThat(notifications.deliveries().all())
                .extracting(Delivery::status)
                .containsExactly(0);
    }

    private Webhook webhook(String... triggerTypes) {
        return fixture.application.webhooks().add(WebhookSettings.of(receiver.url(), triggerTypes));
    }

    private List<Received> received(int atLeast) {
        await().atMost(PATIENCE).until(() -> receiver.received.size() >= atLeast);
        return receiver.received;
    }

    private static Received only(List<Received> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String hmac(Secret secret, byte[] bytes) {
        return WebhookRequest.post(URI.create("http://localhost"), bytes)
                .signedWith(secret)
                .headers()
                .get("X-Nylas-Signature");
    }
}
