package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.WebhookSeal;
import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookOwner;
import io.github.keycloaknylas.ledger.Webhooks;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The endpoint of one webhook, and what is stored of what it receives. */
abstract class ReceiverTestBase {

    static final String URL = "https://api.us.nylas.com";
    static final String SECRET = "secret-of-nylas";
    static final NoticedGrant GRANT = new NoticedGrant(URL, "application-1", "grant-1");
    static final long NOW = 1_000_000;
    final Options options = Options.none()
            .with("nylas-connection/default/api-key", "key")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    final TestDatabase database;
    final FakeKeycloak keycloak;
    final RealmModel realm;
    final ThrottledWarnings warnings = mock(ThrottledWarnings.class);
    final Delivery delivery = mock(Delivery.class);
    final KeycloakTransactionManager requestTransaction = mock(KeycloakTransactionManager.class);
    final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
    final Receiver receiver = new Receiver(warnings, clock);
    KeycloakSessionFactory factory;

    ReceiverTestBase(Engine engine) {
        Crypto.use();
        database = TestDatabase.empty(engine);
        keycloak = new FakeKeycloak(database);
        realm = keycloak.realm("realm");
        factory = keycloak.lightweightFactory();
    }

    /** A session as Keycloak hands it to a resource. */
    KeycloakSession request(RealmModel of) {
        KeycloakSession session = mock(KeycloakSession.class);
        KeycloakContext context = mock(KeycloakContext.class);
        when(context.getRealm()).thenReturn(of);
        when(session.getContext()).thenReturn(context);
        when(session.getTransactionManager()).thenReturn(requestTransaction);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(session.getProvider(Delivery.class)).thenReturn(delivery);
        return session;
    }

    <T> T inRealm(Function<KeycloakSession, T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(keycloak.lightweightFactory(), session -> {
            session.getContext().setRealm(session.realms().getRealm("realm"));
            return job.apply(session);
        });
    }

    String pending() {
        return inRealm(session -> Webhooks.of(session)
                .create(new WebhookOwner("realm", "realm:realm/entra", URL), NOW)
                .id());
    }

    String registered() {
        String id = pending();
        change(id, webhook -> webhook.registered(URL, "application-1", "nylas-1", "https://keycloak/" + id));
        secret(id, SECRET);
        return id;
    }

    void secret(String id, String secret) {
        inRealm(session -> {
            WebhookEntity webhook = Webhooks.of(session).find(id).orElseThrow();
            webhook.rotated(WebhookSeal.seal(session, id, secret), NOW + 1);
            webhook.settled(NOW);
            return null;
        });
    }

    void change(String id, Consumer<WebhookEntity> change) {
        inRealm(session -> {
            change.accept(Webhooks.of(session).find(id).orElseThrow());
            return null;
        });
    }

    void changing(String id) {
        inRealm(session -> Webhooks.of(session).beginChange(id, NOW));
    }

    Answer receive(String id, SignedBody body) {
        return receiver.receive(request(realm), id, body);
    }

    static SignedBody expired(String eventId) {
        return Bodies.signed(Bodies.notification("grant.expired", eventId, "grant-1"), SECRET);
    }

    long stored() {
        try (EntityManager em = database.entityManager()) {
            return em.createQuery("select count(n) from NoticeEntity n", Long.class)
                    .getSingleResult();
        }
    }

    void assertStored(Answer answer, long rows) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(stored()).isEqualTo(rows);
    }

    String manual(Optional<String> secret) {
        RealmModel master = keycloak.realm("id-of-master");
        when(master.getName()).thenReturn("master");
        secret.ifPresent(value -> options.with("nylas-connection/default/webhook-secret", value));
        return "default";
    }

    Response challenge(String id, String challenge) {
        return receiver.challenge(request(realm), id, challenge);
    }
}
