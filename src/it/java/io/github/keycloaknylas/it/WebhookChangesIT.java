package io.github.keycloaknylas.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FaultEnvironment;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.WebhookCalls;
import io.github.keycloaknylas.testkit.nylas.Secret;
import io.github.keycloaknylas.testkit.nylas.Webhook;
import io.github.keycloaknylas.testkit.nylas.WebhookRequest;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;

/** Changes of a webhook: what administrators see of them, and that they lose no notification. */
@DistributionOnly("the fake Nylas reaches a server on this machine only")
class WebhookChangesIT {

    private static final KeycloakServer SERVER = PostgresEnvironment.keycloak();
    private static final OurTables TABLES = PostgresEnvironment.TABLES;
    private static final int SENDERS = 4;
    private static final int ROTATIONS = 3;
    /** Between two rotations. */
    private static final int NOTIFICATIONS = 100;

    private final TestConnection connection = FaultEnvironment.connection();
    private final WebhookCalls calls = new WebhookCalls(SERVER, "master", "connection=" + connection.name());
    /** The status that each notification was answered with last, by its grant. */
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    @BeforeEach
    void register() {
        assertThat(calls.register().text("state")).isEqualTo("active");
    }

    @AfterEach
    void remove() {
        calls.remove();
    }

    private Webhook webhook() {
        return connection.application().webhooks().all().get(0);
    }

    private void send(String grantId) {
        byte[] body =
                ("{\"specversion\":\"1.0\",\"type\":\"grant.expired\",\"source\":\"/nylas/system\",\"id\":\"event-of-"
                                + grantId + "\",\"time\":1770000003,\"data\":{\"application_id\":\""
                                + connection.application().id() + "\",\"object\":{\"grant_id\":\"" + grantId + "\"}}}")
                        .getBytes(UTF_8);
        WebhookRequest request = WebhookRequest.post(webhook().settings().url(), body)
                .signedWith(webhook().secret());
        answers.put(grantId, TestEnvironment.NYLAS.notifications().send(request).status());
    }

    private List<String> answeredWith(int status) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue() == status)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void noNotificationIsLostWhileTheSecretIsReplacedThreeTimes() {
        AtomicBoolean rotates = new AtomicBoolean(true);
        List<CompletableFuture<Void>> senders = IntStream.range(0, SENDERS)
                .mapToObj(sender -> CompletableFuture.runAsync(() -> {
                    while (rotates.get()) {
                        send(UUID.randomUUID().toString());
                    }
                }))
                .toList();

        for (int i = 0; i < ROTATIONS; i++) {
            int before = answers.size();
            await().atMost(MicrosoftRealm.SOON).until(() -> answers.size() >= before + NOTIFICATIONS);
            assertThat(calls.rotate().text("state")).isEqualTo("active");
        }
        rotates.set(false);
        senders.forEach(CompletableFuture::join);

        List<String> postponed = answeredWith(503);
        assertThat(answeredWith(200)).hasSize(answers.size() - postponed.size());
        postponed.forEach(this::send);
        assertThat(answeredWith(200)).hasSize(answers.size());
        assertThat(TABLES.count("NYLAS_NOTICE where APPLICATION_ID = '"
                        + connection.application().id() + "'"))
                .as("stored, of %d notifications, of which %d were sent again", answers.size(), postponed.size())
                .isEqualTo(answers.size());
        Figures.write(
                "webhook-rotation.txt",
                List.of("Notifications during %d rotations: %d, sent again: %d, lost: 0"
                        .formatted(ROTATIONS, answers.size(), postponed.size())));
    }

    @Test
    void eachChangeIsAnAdminEventWithoutTheSecret() {
        calls.remove();
        RealmResource master = SERVER.admin().realm("master");
        RealmEventsConfigRepresentation before = master.getRealmEventsConfig();
        RealmEventsConfigRepresentation detailed = master.getRealmEventsConfig();
        detailed.setAdminEventsEnabled(true);
        detailed.setAdminEventsDetailsEnabled(true);
        master.updateRealmEventsConfig(detailed);
        try {
            calls.register();
            Secret first = webhook().secret();
            calls.register();
            calls.rotate();
            Secret second = webhook().secret();
            calls.remove();

            List<AdminEventRepresentation> events = master.getAdminEvents().stream()
                    .filter(event -> "NYLAS_WEBHOOK".equals(event.getResourceType()))
                    .filter(event ->
                            String.valueOf(event.getRepresentation()).contains("\"" + connection.name() + "\""))
                    .toList();
            assertThat(events)
                    .extracting(AdminEventRepresentation::getOperationType)
                    .containsExactlyInAnyOrder("CREATE", "UPDATE", "DELETE");
            assertThat(events).allSatisfy(event -> {
                assertThat(event.getResourcePath()).isEqualTo("nylas/webhook");
                assertThat(event.getAuthDetails().getUserId()).isNotBlank();
                assertThat(event.getRepresentation())
                        .doesNotContain(first.value(), second.value(), connection.apiKey());
            });
        } finally {
            master.updateRealmEventsConfig(before);
        }
    }
}
