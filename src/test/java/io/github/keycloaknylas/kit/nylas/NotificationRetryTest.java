package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.kit.nylas.WebhookReceiver.Answer;
import io.github.keycloaknylas.testkit.nylas.Delivery;
import io.github.keycloaknylas.testkit.nylas.Notification;
import io.github.keycloaknylas.testkit.nylas.Notifications;
import io.github.keycloaknylas.testkit.nylas.WebhookSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When Nylas sends a notification again: three attempts at most, and for documented failures only. */
class NotificationRetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final NylasFixture fixture = new NylasFixture();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final Notifications notifications =
            fixture.nylas.notifications().retryDelays(Duration.ofMillis(1), Duration.ofMillis(1));

    @AfterEach
    void close() {
        receiver.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504, 507})
    void an_answer_that_may_pass_is_tried_again(int status) throws Exception {
        receiver.answering(status);

        assertThat(deliveries())
                .extracting(Delivery::attempt, Delivery::status)
                .containsExactly(tuple(1, status), tuple(2, 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 400, 401, 404, 413, 500, 501})
    void any_other_answer_is_final(int status) throws Exception {
        receiver.answering(status);

        assertThat(deliveries()).extracting(Delivery::status).containsExactly(status);
    }

    @Test
    void a_retry_has_the_same_id_and_time_and_counts_the_attempts() throws Exception {
        receiver.answering(503);

        deliveries();

        JsonNode first = receiver.received.get(0).json();
        JsonNode second = receiver.received.get(1).json();
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("time")).isEqualTo(first.path("time"));
        assertThat(second.path("webhook_delivery_attempt").asInt()).isEqualTo(2);
    }

    @Test
    void a_retry_takes_minutes_unless_a_test_shortens_the_delay() throws Exception {
        try (NylasFixture unhurried = new NylasFixture()) {
            receiver.answering(503);
            unhurried.application.webhooks().add(WebhookSettings.of(receiver.url(), "grant.created"));
            unhurried.client.connect("ada-token");
            unhurried.nylas.notifications().deliveries().await(delivery -> delivery.status() == 503, 1, PATIENCE);

            assertThatThrownBy(() -> unhurried.nylas.notifications().awaitQuiet(Duration.ofMillis(200)))
                    .hasMessageContaining("1 attempts are still due");
            assertThat(receiver.received).hasSize(1);
        }
    }

    @Test
    void there_are_three_attempts_at_most() throws Exception {
        receiver.answering(503, 503, 503, 503);

        assertThat(deliveries()).extracting(Delivery::attempt).containsExactly(1, 2, 3);
    }

    @Test
    void no_answer_in_time_is_tried_again() throws Exception {
        notifications.timeout(Duration.ofMillis(300));
        receiver.answers.add(Answer.of(200, "").never());

        List<Delivery> deliveries = deliveries();

        assertThat(deliveries).extracting(Delivery::status).containsExactly(0, 200);
        assertThat(deliveries.get(0).response().timedOut()).isTrue();
    }

    @Test
    void a_refused_connection_is_final() throws Exception {
        receiver.close();

        List<Delivery> deliveries = deliveries();

        assertThat(deliveries).extracting(Delivery::status).containsExactly(0);
        assertThat(deliveries.get(0).response().timedOut()).isFalse();
    }

    @Test
    void a_429_says_when_to_come_back() throws Exception {
        notifications.retryDelays(Duration.ofHours(1), Duration.ofHours(1));
        receiver.answers.add(Answer.of(429, "").retryAfter("0"));

        assertThat(deliveries()).extracting(Delivery::status).containsExactly(429, 200);
    }

    @Test
    void a_retry_goes_to_every_webhook_of_the_type() throws Exception {
        try (WebhookReceiver healthy = new WebhookReceiver()) {
            fixture.application.webhooks().add(WebhookSettings.of(healthy.url(), "grant.created"));
            receiver.answering(503);

            deliveries();

            assertThat(healthy.received).hasSize(2);
            assertThat(receiver.received).hasSize(2);
        }
    }

    @Test
    void a_retry_waits_while_paused() throws Exception {
        receiver.answering(503);
        notifications.pause();
        fixture.application.webhooks().add(WebhookSettings.of(receiver.url(), "grant.created"));
        fixture.client.connect("ada-token");

        notifications.release(notifications.waiting());
        notifications.awaitQuiet(PATIENCE);

        assertThat(notifications.waiting()).extracting(Notification::attempt).containsExactly(2);
        assertThat(receiver.received).hasSize(1);
    }

    private List<Delivery> deliveries() throws Exception {
        fixture.application.webhooks().add(WebhookSettings.of(receiver.url(), "grant.created"));
        fixture.client.connect("ada-token");
        notifications.awaitQuiet(PATIENCE);
        return notifications.deliveries().all();
    }
}
