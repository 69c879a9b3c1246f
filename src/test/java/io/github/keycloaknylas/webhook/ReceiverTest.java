package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.WebhookSeal;
import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookOwner;
import io.github.keycloaknylas.ledger.Webhooks;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What is answered to whatever arrives, and what is stored of it. */
@OnEveryDatabase
class ReceiverTest {

    private static final String URL = "https://api.us.nylas.com";
    private static final String SECRET = "secret-of-nylas";
    private static final NoticedGrant GRANT = new NoticedGrant(URL, "application-1", "grant-1");
    private static final long NOW = 1_000_000;

    private final Options options = Options.none()
            .with("nylas-connection/default/api-key", "key")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    private final TestDatabase database;
    private final FakeKeycloak keycloak;
    private final RealmModel realm;
    private final ThrottledWarnings warnings = mock(ThrottledWarnings.class);
    private final Delivery delivery = mock(Delivery.class);
    private final KeycloakTransactionManager requestTransaction = mock(KeycloakTransactionManager.class);
    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
    private final Receiver receiver = new Receiver(warnings, clock);
    private KeycloakSessionFactory factory;

    ReceiverTest(Engine engine) {
        Crypto.use();
        database = TestDatabase.empty(engine);
        keycloak = new FakeKeycloak(database);
        realm = keycloak.realm("realm");
        factory = keycloak.lightweightFactory();
    }

    /** A session as Keycloak hands it to a resource. */
    private KeycloakSession request(RealmModel of) {
        KeycloakSession session = mock(KeycloakSession.class);
        KeycloakContext context = mock(KeycloakContext.class);
        when(context.getRealm()).thenReturn(of);
        when(session.getContext()).thenReturn(context);
        when(session.getTransactionManager()).thenReturn(requestTransaction);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(session.getProvider(Delivery.class)).thenReturn(delivery);
        return session;
    }

    private <T> T inRealm(Function<KeycloakSession, T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(keycloak.lightweightFactory(), session -> {
            session.getContext().setRealm(session.realms().getRealm("realm"));
            return job.apply(session);
        });
    }

    private String pending() {
        return inRealm(session -> Webhooks.of(session)
                .create(new WebhookOwner("realm", "realm:realm/entra", URL), NOW)
                .id());
    }

    private String registered() {
        String id = pending();
        change(id, webhook -> webhook.registered(URL, "application-1", "nylas-1", "https://keycloak/" + id));
        secret(id, SECRET);
        return id;
    }

    private void secret(String id, String secret) {
        inRealm(session -> {
            WebhookEntity webhook = Webhooks.of(session).find(id).orElseThrow();
            webhook.rotated(WebhookSeal.seal(session, id, secret), NOW + 1);
            webhook.settled(NOW);
            return null;
        });
    }

    private void change(String id, Consumer<WebhookEntity> change) {
        inRealm(session -> {
            change.accept(Webhooks.of(session).find(id).orElseThrow());
            return null;
        });
    }

    private void changing(String id) {
        inRealm(session -> Webhooks.of(session).beginChange(id, NOW));
    }

    private Answer receive(String id, SignedBody body) {
        return receiver.receive(request(realm), id, body);
    }

    private static SignedBody expired(String eventId) {
        return Bodies.signed(Bodies.notification("grant.expired", eventId, "grant-1"), SECRET);
    }

    private long stored() {
        try (EntityManager em = database.entityManager()) {
            return em.createQuery("select count(n) from NoticeEntity n", Long.class)
                    .getSingleResult();
        }
    }

    private void assertStored(Answer answer, long rows) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(stored()).isEqualTo(rows);
    }

    @Test
    void aSignedNotificationIsStoredAndWakesTheWorkers() {
        String id = registered();

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.STORED);

        assertThat(stored()).isEqualTo(1);
        Optional<NoticedGrant> due = inRealm(session -> Notices.of(session).nextDue(NOW));
        assertThat(due).contains(GRANT);
        verify(delivery).wake();
    }

    @Test
    void theTransactionOfTheRequestEndsFirstSoThatItHoldsNoConnection() {
        String id = registered();
        when(requestTransaction.isActive()).thenReturn(true, false);

        receive(id, expired("event-1"));

        verify(requestTransaction).commit();
    }

    @Test
    void aCompressedNotificationIsSignedCompressed() {
        String id = registered();
        byte[] plain =
                Bodies.notification("grant.expired", "event-1", "grant-1").getBytes(StandardCharsets.UTF_8);
        byte[] packed = Bodies.gzip(plain);

        assertThat(receive(id, Bodies.signed(packed, SECRET, "gzip"))).isEqualTo(Answer.STORED);
        SignedBody signedPlain =
                new SignedBody(packed, Bodies.signed(plain, SECRET, null).signature(), "gzip");
        assertThat(receive(id, signedPlain)).isEqualTo(Answer.WRONG_SIGNATURE);
    }

    @Test
    void aForgedNotificationIsRefusedAndLogged() {
        String id = registered();

        assertThat(receive(id, Bodies.signed(Bodies.notification("grant.deleted", "e", "grant-1"), "guessed")))
                .isEqualTo(Answer.WRONG_SIGNATURE);
        assertThat(receive(id, new SignedBody(new byte[] {'{', '}'}, null, null)))
                .isEqualTo(Answer.WRONG_SIGNATURE);

        assertThat(stored()).isZero();
        verify(warnings, times(2)).warnOfConnection(eq("realm:realm/entra"), contains("signature does not match"));
        verify(delivery, never()).wake();
    }

    @Test
    void aReplayedOrDuplicatedNotificationIsAcknowledgedAndStoredOnce() {
        String id = registered();

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.STORED);
        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.STORED_BEFORE);

        assertStored(receive(id, expired("event-1")), 1);
    }

    @Test
    void anEventOfTwoWebhooksIsStoredForEach() {
        String id = registered();
        String manual = manual(Optional.of("other-secret"));
        receive(id, expired("event-1"));

        Answer answer = receiver.receive(
                request(keycloak.realm("id-of-master")),
                manual,
                Bodies.signed(Bodies.notification("grant.expired", "event-1", "grant-1"), "other-secret"));

        assertStored(answer, 2);
    }

    @Test
    void inWhicheverOrderNotificationsComeEachIsStored() {
        String id = registered();

        for (String type : List.of("grant.deleted", "grant.expired", "grant.created", "grant.updated")) {
            receive(id, Bodies.signed(Bodies.notification(type, type, "grant-1"), SECRET));
        }

        assertThat(stored()).isEqualTo(4);
    }

    @Test
    void aNotificationAboutAnUnknownGrantIsStoredLikeAnyOther() {
        String id = registered();

        assertStored(receive(id, Bodies.signed(Bodies.notification("grant.expired", "e", "nobody-knows"), SECRET)), 1);
    }

    @Test
    void whatIsNotNeededIsAcknowledgedAndNotStored() {
        String id = registered();

        assertThat(receive(id, Bodies.signed(Bodies.notification("message.created", "e", "grant-1"), SECRET)))
                .isEqualTo(Answer.NOT_NEEDED);
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "[1]"})
    void whatIsSignedAndNoNotificationIsRefused(String text) {
        String id = registered();

        assertThat(receive(id, Bodies.signed(text, SECRET))).isEqualTo(Answer.NOT_A_NOTIFICATION);
        assertThat(stored()).isZero();
    }

    @Test
    void aNotificationAboutAnotherApplicationIsRefused() {
        String id = registered();
        String text = Bodies.notification("grant.expired", "e", "grant-1").replace("application-1", "application-2");

        assertThat(receive(id, Bodies.signed(text, SECRET))).isEqualTo(Answer.OTHER_APPLICATION);
        assertThat(stored()).isZero();
    }

    @Test
    void aBodyOf11MegabytesIsRefusedWithoutALookAtItsSignature() {
        String id = registered();

        assertThat(receive(id, Bodies.signed(new byte[11_000_000], SECRET, null)))
                .isEqualTo(Answer.TOO_LARGE);
    }

    @Test
    void aGzipBombIsRefused() {
        String id = registered();
        byte[] bomb = Bodies.gzip(new byte[50_000_000]);

        assertThat(receive(id, Bodies.signed(bomb, SECRET, "gzip"))).isEqualTo(Answer.TOO_LARGE);
        assertThat(receive(id, Bodies.signed(bomb, "guessed", "gzip"))).isEqualTo(Answer.WRONG_SIGNATURE);
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "default", "x", "../x", " ", "' or 1=1"})
    void anAddressThatNoWebhookHasIsNotFound(String id) {
        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.NO_SUCH_WEBHOOK);
        assertThat(challenge(id, "c").getStatus()).isEqualTo(404);
    }

    @Test
    void aWebhookIsNotFoundUnderAnotherRealm() {
        String id = registered();

        assertThat(receiver.receive(request(keycloak.realm("other")), id, expired("event-1")))
                .isEqualTo(Answer.NO_SUCH_WEBHOOK);
    }

    @Test
    void duringARotationBothSecretsCountAndNothingIsRefusedForGood() {
        String id = registered();
        SignedBody unknown = Bodies.signed(Bodies.notification("grant.expired", "e-1", "grant-1"), "new-secret");
        changing(id);

        assertThat(receive(id, unknown)).isEqualTo(Answer.SECRET_UNSETTLED);
        assertThat(receive(id, expired("e-2"))).isEqualTo(Answer.STORED);
        secret(id, "new-secret");

        assertThat(receive(id, unknown)).isEqualTo(Answer.STORED);
        assertThat(receive(id, expired("e-3"))).isEqualTo(Answer.STORED);
        assertThat(receive(id, Bodies.signed(Bodies.notification("grant.expired", "e-4", "grant-1"), "guessed")))
                .isEqualTo(Answer.WRONG_SIGNATURE);
    }

    @Test
    void beforeASecretIsStoredNylasIsAskedToSendAgain() {
        assertThat(receive(pending(), expired("event-1"))).isEqualTo(Answer.SECRET_UNSETTLED);
    }

    @Test
    void aSecretThatCannotBeOpenedIsLoggedAndNylasIsAskedToSendAgain() {
        String id = registered();
        options.without("nylas-seal-key/default/secret");

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.SECRET_UNSETTLED);

        verify(warnings).warnOfConnection(any(), contains("seal key 'server:default'"));
    }

    @Test
    void aDatabaseThatIsDownLeadsTo503() {
        String id = registered();
        factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenThrow(new IllegalStateException("The database does not answer"));

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.NOT_NOW);
        assertThat(challenge(id, "c").getStatus()).isEqualTo(503);
        verify(delivery, never()).wake();
    }

    @Test
    void aDatabaseThatFailsAtTheInsertLeadsTo503AndIsLogged() {
        String id = registered();
        KeycloakSessionFactory first = keycloak.lightweightFactory();
        factory = mock(KeycloakSessionFactory.class);
        when(factory.create())
                .thenAnswer(call -> first.create())
                .thenThrow(new IllegalStateException("The database does not answer"));

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.NOT_NOW);

        assertThat(stored()).isZero();
        verify(warnings).warnOfConnection(any(), contains("could not be stored"));
    }

    @Test
    void twoHundredAtOnceAreAnsweredAndWhatIsAcknowledgedIsStoredOnce() throws Exception {
        String id = registered();
        ExecutorService callers = Executors.newFixedThreadPool(200);
        Set<Integer> acknowledged = new HashSet<>();
        try {
            List<Future<Answer>> answers = callers.invokeAll(IntStream.range(0, 200)
                    .<Callable<Answer>>mapToObj(n -> () -> receive(id, expired("event-" + n / 4)))
                    .toList());

            for (int n = 0; n < answers.size(); n++) {
                Answer answer = answers.get(n).get();
                assertThat(answer).isIn(Answer.STORED, Answer.STORED_BEFORE, Answer.NOT_NOW);
                if (answer != Answer.NOT_NOW) {
                    acknowledged.add(n / 4);
                }
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(stored()).isEqualTo(acknowledged.size());
    }

    private Response challenge(String id, String challenge) {
        return receiver.challenge(request(realm), id, challenge);
    }

    @Test
    void aChallengeIsAnsweredWithExactlyItsBytesBeforeThereIsASecret() {
        Response response = challenge(pending(), "a \"ü\" b");

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat((byte[]) response.getEntity()).isEqualTo("a \"ü\" b".getBytes(StandardCharsets.UTF_8));
        assertThat(response.getMediaType()).hasToString("text/plain");
    }

    @Test
    void withoutAChallengeOrWithALongOneTheAnswerIs400() {
        String id = pending();

        assertThat(challenge(id, null).getStatus()).isEqualTo(400);
        assertThat(challenge(id, "").getStatus()).isEqualTo(400);
        assertThat(challenge(id, "c".repeat(1001)).getStatus()).isEqualTo(400);
        assertThat(challenge(id, "c".repeat(1000)).getStatus()).isEqualTo(200);
    }

    private String manual(Optional<String> secret) {
        RealmModel master = keycloak.realm("id-of-master");
        when(master.getName()).thenReturn("master");
        secret.ifPresent(value -> options.with("nylas-connection/default/webhook-secret", value));
        return "default";
    }

    @Test
    void aWebhookByHandIsVerifiedBeforeItsSecretIsKnownAndUsedAfter() {
        String id = manual(Optional.empty());
        KeycloakSession master = request(keycloak.realm("id-of-master"));

        assertThat(receiver.challenge(master, id, "c").getStatus()).isEqualTo(200);
        assertThat(receiver.receive(master, id, expired("event-1"))).isEqualTo(Answer.SECRET_UNSETTLED);
        verify(warnings).warnOfConnection(eq("default"), contains("webhook-secret"));
        manual(Optional.of(SECRET));

        assertThat(receiver.receive(master, id, expired("event-1"))).isEqualTo(Answer.STORED);
        assertThat(receiver.receive(master, id, new SignedBody(new byte[0], "x", null)))
                .isEqualTo(Answer.WRONG_SIGNATURE);
    }

    @Test
    void aWebhookByHandTakesTheApplicationFromTheNotificationUnlessTheOptionsNameIt() {
        String id = manual(Optional.of(SECRET));
        KeycloakSession master = request(keycloak.realm("id-of-master"));
        String nameless =
                Bodies.notification("grant.expired", "e", "g").replace("\"application_id\":\"application-1\",", "");

        assertThat(receiver.receive(master, id, Bodies.signed(nameless, SECRET)))
                .isEqualTo(Answer.OTHER_APPLICATION);
        options.with("nylas-connection/default/application-id", "APPLICATION-1");
        assertThat(receiver.receive(master, id, Bodies.signed(nameless, SECRET)))
                .isEqualTo(Answer.STORED);
        assertThat(receiver.receive(master, id, expired("event-1"))).isEqualTo(Answer.STORED);
    }

    @Test
    void everyAnswerHasABodyInPlainTextAnd503SaysWhenToSendAgain() {
        for (Answer answer : Answer.values()) {
            Response response = answer.response();
            assertThat(response.getStatus()).isEqualTo(answer.status());
            assertThat((String) response.getEntity()).isNotBlank();
            assertThat(response.getMediaType()).hasToString("text/plain");
            assertThat(response.getHeaderString("Retry-After")).isEqualTo(answer.status() == 503 ? "60" : null);
        }
    }
}
