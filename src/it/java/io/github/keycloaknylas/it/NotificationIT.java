package io.github.keycloaknylas.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.docs.DocumentedCommands;
import io.github.keycloaknylas.it.support.Administrators;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FaultEnvironment;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.Kcadm;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.Millis;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.WebhookCalls;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Delivery;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.Secret;
import io.github.keycloaknylas.testkit.nylas.Webhook;
import io.github.keycloaknylas.testkit.nylas.WebhookRequest;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nylas' notifications, from the registration of the webhook to the workers, and everything that may arrive instead. */
@DistributionOnly("the fake Nylas reaches a server on this machine only")
class NotificationIT {

    private static final KeycloakServer SERVER = PostgresEnvironment.keycloak();
    private static final OurTables TABLES = PostgresEnvironment.TABLES;
    private static final TestConnection CONNECTION = FaultEnvironment.connection();
    private static final WebhookCalls CALLS = new WebhookCalls(SERVER, "master", "connection=" + CONNECTION.name());
    // Over HTTP/2, Keycloak limits the requests of one connection.
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int CALLERS = 200;
    private static final int EXPIRIES = 10;

    @BeforeAll
    static void register() {
        assertThat(CALLS.show().text("state")).isEqualTo("missing");

        WebhookCalls.Answer answer = CALLS.register();

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("state")).isEqualTo("active");
        assertThat(answer.json().path("changed").asBoolean()).isTrue();
    }

    @AfterAll
    static void remove() {
        URI url = webhook().settings().url();

        assertThat(CALLS.remove().text("state")).isEqualTo("missing");

        assertThat(CONNECTION.application().webhooks().all()).isEmpty();
        assertThat(sent(url, notification(id())).status()).isEqualTo(404);
        assertThat(CALLS.remove().status()).isEqualTo(404);
    }

    private static Webhook webhook() {
        assertThat(CONNECTION.application().webhooks().all()).hasSize(1);
        return CONNECTION.application().webhooks().all().get(0);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private static byte[] notification(String grantId) {
        return ("{\"specversion\":\"1.0\",\"type\":\"grant.expired\",\"source\":\"/nylas/system\",\"id\":\"event-of-"
                        + grantId
                        + "\",\"time\":1770000003,\"webhook_delivery_attempt\":1,\"data\":{\"application_id\":\""
                        + CONNECTION.application().id() + "\",\"object\":{\"code\":25009,\"grant_id\":\"" + grantId
                        + "\",\"provider\":\"microsoft\"}}}")
                .getBytes(UTF_8);
    }

    private static WebhookRequest signed(byte[] body) {
        return WebhookRequest.post(webhook().settings().url(), body)
                .signedWith(webhook().secret());
    }

    private static Delivery send(WebhookRequest request) {
        return TestEnvironment.NYLAS.notifications().send(request);
    }

    private static Delivery sent(URI url, byte[] body) {
        return send(WebhookRequest.post(url, body).signedWith(new Secret("any")));
    }

    private static long notices(String grantId, String more) {
        return TABLES.count("NYLAS_NOTICE where GRANT_ID = '" + grantId + "'" + more);
    }

    @Test
    void aGrantThatExpiresAtNylasIsNotedAndProcessedWithinSeconds() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(SERVER, CONNECTION.mapper())) {
            Account account = MicrosoftRealm.somebody();
            String grantId =
                    realm.awaitGrantId(realm.signIn("entra", account).tokens().userId());
            Grant grant = CONNECTION.grantOf(account).orElseThrow();
            assertThat(grant.id()).isEqualTo(grantId);

            TestEnvironment.NYLAS.expire(grantId);

            String expired = " and NOTICE_TYPE = 'grant.expired'";
            await().atMost(MicrosoftRealm.SOON).until(() -> notices(grantId, expired) == 1);
            await().atMost(MicrosoftRealm.SOON)
                    .until(() -> notices(grantId, expired + " and DONE_AT is not null") == 1);
            assertThat(TABLES.query("select GRANT_STATE from NYLAS_GRANT where GRANT_ID = '" + grantId + "'"))
                    .containsExactly("RECONNECT");
        }
    }

    @Test
    void anExpiryAtNylasIsShownToApplicationsWithinSeconds() {
        Millis taken = new Millis();
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(SERVER, CONNECTION.mapper())) {
            for (int i = 0; i < EXPIRIES; i++) {
                String userId = realm.signIn("entra", MicrosoftRealm.somebody())
                        .tokens()
                        .userId();
                String grantId = realm.awaitGrantId(userId);
                Instant expired = Instant.now();
                TestEnvironment.NYLAS.expire(grantId);
                await().pollInterval(Duration.ofMillis(20))
                        .atMost(MicrosoftRealm.SOON)
                        .until(() -> realm.status(userId), Optional.of("reconnect")::equals);
                taken.add(Duration.between(expired, Instant.now()));
            }
        }
        Figures.write(
                "expiry-by-notification.txt",
                List.of(
                        "From the expiry of a grant at Nylas to the user attribute, by notification: %s ms, median / p95 (least to most) of %d"
                                .formatted(taken, taken.size())));

        assertThat(taken.median()).isLessThan(5_000);
    }

    @Test
    void aRegisteredWebhookIsLeftAloneAndItsSecretIsNowhereInClear() {
        WebhookCalls.Answer again = CALLS.register();

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("changed").asBoolean()).isFalse();
        assertThat(again.text("atNylas")).isEqualTo("active");
        assertThat(again.text("url")).isEqualTo(webhook().settings().url().toString());
        assertThat(TABLES.dump("nylas_webhook") + again.json() + SERVER.log())
                .doesNotContain(webhook().secret().value());
    }

    @Test
    void duplicatesAndReplaysAreAcknowledgedAndStoredOnce() {
        String grantId = id();

        for (int i = 0; i < 3; i++) {
            assertThat(send(signed(notification(grantId))).status()).isEqualTo(200);
        }
        assertThat(send(signed(gzip(notification(grantId)))).status()).isEqualTo(400);
        WebhookRequest compressed = WebhookRequest.post(webhook().settings().url(), notification(grantId))
                .compressed()
                .signedWith(webhook().secret());
        assertThat(send(compressed).status()).isEqualTo(200);

        assertThat(notices(grantId, "")).isEqualTo(1);
    }

    private static byte[] gzip(byte[] plain) {
        return WebhookRequest.post(URI.create("http://localhost"), plain)
                .compressed()
                .body();
    }

    @Test
    void whatIsForgedIsRefused() {
        String grantId = id();
        WebhookRequest genuine = signed(notification(grantId));

        assertThat(send(genuine.signedWith(new Secret("mock-webhook-secret"))).status())
                .isEqualTo(401);
        assertThat(send(genuine.with(WebhookRequest.SIGNATURE, null)).status()).isEqualTo(401);
        assertThat(send(genuine.with(WebhookRequest.SIGNATURE, "x".repeat(4000)))
                        .status())
                .isEqualTo(401);

        assertThat(notices(grantId, "")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[", "grant.expired"})
    void whatIsSignedAndIsNoNotificationIsRefused(String body) {
        assertThat(send(signed(body.getBytes(UTF_8))).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8", "*/*"})
    void theContentTypeDoesNotMatter(String type) {
        String grantId = id();

        assertThat(send(signed(notification(grantId)).with("Content-Type", type))
                        .status())
                .isEqualTo(200);

        assertThat(notices(grantId, "")).isEqualTo(1);
    }

    /** Keycloak refuses these before the extension is called. */
    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "x"})
    void whatKeycloakCannotParseIsNotStored(String type) {
        String grantId = id();

        assertThat(send(signed(notification(grantId)).with("Content-Type", type))
                        .status())
                .isGreaterThanOrEqualTo(400);

        assertThat(notices(grantId, "")).isZero();
    }

    @Test
    void oversizedBodiesAndBombsAreRefused() {
        byte[] bomb = gzip(new byte[50_000_000]);

        assertThat(send(signed(new byte[3_000_000])).status()).isEqualTo(413);
        assertThat(send(WebhookRequest.post(webhook().settings().url(), new byte[50_000_000])
                                .compressed()
                                .signedWith(webhook().secret()))
                        .status())
                .isEqualTo(413);
        assertThat(send(signed(bomb)).status()).isEqualTo(400);
        // Keycloak itself refuses this one; it may close the connection while the body is still being sent.
        assertThat(send(signed(new byte[11_000_000])).status()).isIn(0, 413);
    }

    @Test
    void anUnknownAddressIsNotFound() {
        assertThat(sent(URI.create(SERVER.baseUrl() + "/realms/master/nylas/webhooks/" + id()), notification(id()))
                        .status())
                .isEqualTo(404);
        try (TestRealm other = TestRealm.create(SERVER)) {
            String path = webhook().settings().url().getPath().replace("/master/", "/" + other.name() + "/");
            assertThat(send(signed(notification(id()))).status()).isEqualTo(200);
            assertThat(sent(URI.create(SERVER.baseUrl() + path), notification(id()))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aChallengeIsAnsweredWithExactlyItsTextAndNotChunked() throws Exception {
        URI url = webhook().settings().url();

        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + "?challenge=%22a%22%20b"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("\"a\" b");
        assertThat(answer.headers().firstValue("Content-Length")).contains("5");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void theAddressByHandIsThereBeforeItsSecret() throws Exception {
        String url = SERVER.baseUrl() + "/realms/master/nylas/webhooks/" + CONNECTION.name();

        HttpResponse<String> challenge = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + "?challenge=c")).build(), BodyHandlers.ofString());

        assertThat(challenge.body()).isEqualTo("c");
        assertThat(sent(URI.create(url), notification(id())).status()).isEqualTo(503);
    }

    @Test
    void theSecretIsReplacedWithoutRefusingWhatWasSignedBefore() {
        String before = id();
        String after = id();
        WebhookRequest signedBefore = signed(notification(before));

        assertThat(CALLS.rotate().text("state")).isEqualTo("active");

        assertThat(send(signedBefore).status()).isEqualTo(200);
        assertThat(send(signed(notification(after))).status()).isEqualTo(200);
        assertThat(notices(before, "") + notices(after, "")).isEqualTo(2);
    }

    @Test
    void twoHundredAtOnceOnASmallPoolAreAnsweredAsDocumented() {
        List<String> grants = IntStream.range(0, CALLERS).mapToObj(n -> id()).toList();
        List<CompletableFuture<HttpResponse<String>>> calls = grants.stream()
                .map(grant -> HTTP.sendAsync(request(signed(notification(grant))), BodyHandlers.ofString()))
                .toList();

        for (int i = 0; i < CALLERS; i++) {
            HttpResponse<String> answer = calls.get(i).join();
            assertThat(answer.statusCode()).isIn(200, 503);
            assertThat(answer.body()).isNotBlank();
            assertThat(notices(grants.get(i), "")).isEqualTo(answer.statusCode() == 200 ? 1 : 0);
        }
    }

    private static HttpRequest request(WebhookRequest request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.url()).POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::header);
        return builder.build();
    }

    @Test
    void anAdministratorOfAnotherRealmIsRefusedInKeycloaksWords() {
        try (TestRealm other = TestRealm.create(SERVER)) {
            WebhookCalls calls = new WebhookCalls(SERVER, other.name(), "connection=" + CONNECTION.name());
            String realmAdmin = Administrators.token(SERVER, other, List.of("realm-admin"));

            assertThat(calls.register(realmAdmin).status()).isEqualTo(403);
            assertThat(calls.register(realmAdmin).text("errorMessage")).contains("realm 'master'");
            assertThat(CALLS.register(realmAdmin).status()).isEqualTo(403);
            String viewer = Administrators.token(SERVER, other, List.of("view-realm", "view-identity-providers"));
            assertThat(calls.register(viewer).status()).isEqualTo(403);
        }
    }

    @Test
    void theCommandsOfThePageWorkAsShown() {
        List<String> blocks =
                DocumentedCommands.of(Path.of("docs/notifications.md")).blocks();
        Kcadm kcadm = Kcadm.of(((DistributionServer) SERVER).home(), "admin");
        kcadm.run("kcadm.sh config credentials --server " + SERVER.baseUrl() + " --realm master --user admin");

        assertThat(blocks).hasSize(2);
        assertThat(kcadm.run(DocumentedCommands.fill(blocks.get(0), Map.of()))).contains("\"state\" : \"active\"");
        assertThat(kcadm.run(DocumentedCommands.fill(blocks.get(1), Map.of())))
                .contains("\"atNylas\" : \"active\"", "\"changed\" : true");
        assertThat(TestEnvironment.APPLICATION.webhooks().all()).isEmpty();
    }
}
