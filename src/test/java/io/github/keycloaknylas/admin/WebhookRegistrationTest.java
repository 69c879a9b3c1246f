package io.github.keycloaknylas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.WebhookSeal;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.ledger.SealedSecret;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookOwner;
import io.github.keycloaknylas.ledger.WebhookState;
import io.github.keycloaknylas.nylas.NylasWebhook;
import io.github.keycloaknylas.setup.FakeWebhooks;
import io.github.keycloaknylas.setup.RefusedCallException;
import io.github.keycloaknylas.setup.WebhookRows;
import io.github.keycloaknylas.setup.WebhookTarget;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Registering, repairing, rotating and removing, also where a call breaks off. */
@OnEveryDatabase
class WebhookRegistrationTest {

    private static final String OURS = "https://keycloak.example.com/realms/master/nylas/webhooks/";
    private static final long NOW = 1_000_000;

    private final Options options = Options.none()
            .with("nylas-connection/default/api-key", "key")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    private final FakeWebhooks nylas = new FakeWebhooks();
    private final FakeKeycloak keycloak;
    private final WebhookRows rows;

    WebhookRegistrationTest(Engine engine) {
        Crypto.use();
        keycloak = new FakeKeycloak(TestDatabase.empty(engine));
        keycloak.realm("realm");
        rows = new WebhookRows(keycloak.lightweightFactory(), "realm", InstantSource.fixed(Instant.ofEpochMilli(NOW)));
    }

    private static WebhookOwner owner(String connection) {
        return new WebhookOwner("realm", connection, "https://api.us.nylas.com");
    }

    private WebhookRegistration registration(String connection, Optional<String> application) {
        ConnectionSettings settings = new ConnectionSettings(
                connection, URI.create("https://api.us.nylas.com"), "option:x", application, Optional.empty());
        return new WebhookRegistration(
                new WebhookTarget(new Connection(settings, "key"), owner(connection), OURS), rows, nylas.client());
    }

    private WebhookRegistration registration() {
        return registration("default", Optional.empty());
    }

    private boolean register() throws RefusedCallException {
        return registration().register();
    }

    private WebhookEntity row() {
        return rows.find(owner("default")).orElseThrow();
    }

    private List<String> secrets(long at) {
        return KeycloakModelUtils.runJobInTransactionWithResult(keycloak.lightweightFactory(), session -> {
            session.getContext().setRealm(session.realms().getRealm("realm"));
            return row().secrets(at).stream()
                    .map(secret -> open(session, secret))
                    .toList();
        });
    }

    private String open(KeycloakSession session, SealedSecret secret) {
        return WebhookSeal.open(session, row().id(), secret);
    }

    private List<String> addresses() {
        return nylas.known.values().stream().map(NylasWebhook::url).toList();
    }

    private static int status(RefusedCallException refused) {
        return refused.response().getStatus();
    }

    private RefusedCallException refused(ThrowingCallable call) {
        return catchThrowableOfType(RefusedCallException.class, call);
    }

    @Test
    void theRowIsThereBeforeNylasReadsTheChallenge() throws Exception {
        nylas.onCall = () -> assertThat(row().state()).contains(WebhookState.CHANGING);

        assertThat(register()).isTrue();

        assertThat(row().state()).contains(WebhookState.ACTIVE);
        assertThat(row().application()).contains("application-1");
        assertThat(row().url()).contains(OURS + row().id());
        assertThat(secrets(NOW)).containsExactly("secret-1");
        assertThat(nylas.known.get(row().nylasId().orElseThrow()).triggers())
                .containsExactlyInAnyOrder("grant.created", "grant.updated", "grant.expired", "grant.deleted");
    }

    @Test
    void theSecretIsNowhereInClear() throws Exception {
        register();

        assertThat(row().secret().map(SealedSecret::text).orElseThrow()).doesNotContain("secret-1");
    }

    @Test
    void oneThatWorksIsLeftAlone() throws Exception {
        register();
        nylas.calls.clear();

        assertThat(register()).isFalse();

        assertThat(nylas.calls).containsExactly("list");
        assertThat(row().state()).contains(WebhookState.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failing", "failed", "pause"})
    void oneThatNylasHasStoppedIsMadeAgain(String status) throws Exception {
        register();
        nylas.status("nylas-1", status);

        assertThat(register()).isTrue();

        assertThat(addresses()).containsExactly(OURS + row().id());
        assertThat(row().nylasId()).contains("nylas-2");
        assertThat(secrets(NOW)).containsExactly("secret-2", "secret-1");
    }

    @Test
    void oneThatWasRemovedAtNylasIsMadeAgain() throws Exception {
        register();
        nylas.known.clear();

        assertThat(register()).isTrue();

        assertThat(addresses()).containsExactly(OURS + row().id());
    }

    @Test
    void oneWhoseSecretCannotBeOpenedIsMadeAgain() throws Exception {
        register();
        options.with("nylas-seal/default/key-id", "second")
                .with("nylas-seal-key/second/secret", Base64.getEncoder().encodeToString(new byte[] {
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                }));
        options.without("nylas-seal-key/default/secret");

        assertThat(register()).isTrue();

        assertThat(rows.opens(row())).isTrue();
    }

    @Test
    void afterACrashBetweenNylasAndTheRowTheOrphanIsRemoved() throws Exception {
        WebhookEntity pending = rows.findOrCreate(owner("default"));
        nylas.add("orphan", OURS + pending.id());

        assertThat(register()).isTrue();

        assertThat(nylas.known).doesNotContainKey("orphan").hasSize(1);
    }

    @Test
    void onlyWebhooksWithOurAddressAndWithoutARowAreRemoved() throws Exception {
        WebhookEntity other = rows.findOrCreate(owner("other"));
        nylas.add("of-other-connection", OURS + other.id());
        nylas.add("by-hand", OURS + "default");
        nylas.add("of-somebody-else", "https://other.example.com/realms/master/nylas/webhooks/" + UUID.randomUUID());
        nylas.add("forgotten", OURS + UUID.randomUUID());

        register();

        assertThat(nylas.known).containsOnlyKeys("of-other-connection", "by-hand", "of-somebody-else", "nylas-1");
    }

    @Test
    void aRefusedRegistrationIsExplainedAndMayBeRepeated() throws Exception {
        nylas.createFails = FakeWebhooks.REFUSAL;

        RefusedCallException refused = refused(this::register);

        assertThat(status(refused)).isEqualTo(409);
        assertThat(refused).hasMessageContaining("HTTP 400").hasMessageContaining("could not read the address");
        assertThat(row().state()).contains(WebhookState.PENDING);
        nylas.createFails = null;
        assertThat(register()).isTrue();
    }

    @Test
    void aRegistrationWhoseOutcomeIsUnknownMayBeRepeatedAtOnce() throws Exception {
        nylas.createFails = FakeWebhooks.OUTAGE;

        assertThat(status(refused(this::register))).isEqualTo(502);

        nylas.createFails = null;
        assertThat(register()).isTrue();
    }

    @Test
    void withoutASealKeyNylasIsNotCalled() {
        options.without("nylas-seal-key/default/secret");

        RefusedCallException refused = refused(this::register);

        assertThat(refused).hasMessageContaining("spi-nylas-seal-key--default--secret");
        assertThat(nylas.calls).isEmpty();
    }

    @Test
    void withoutASealKeyNoNewSecretIsAskedFor() throws Exception {
        register();
        nylas.calls.clear();
        options.without("nylas-seal-key/default/secret");

        assertThat(refused(() -> registration().rotate())).hasMessageContaining("seal");

        assertThat(nylas.calls).isEmpty();
        assertThat(row().state()).contains(WebhookState.ACTIVE);
    }

    @Test
    void ofTwoWhoRegisterForTheFirstTimeBothGetTheSameRow() throws Exception {
        KeycloakSessionFactory sessions = mock(KeycloakSessionFactory.class);
        when(sessions.create())
                .thenAnswer(call -> keycloak.lightweightSession())
                .thenAnswer(call -> {
                    rows.findOrCreate(owner("default"));
                    return keycloak.lightweightSession();
                })
                .thenAnswer(call -> keycloak.lightweightSession());
        WebhookRows slower = new WebhookRows(sessions, "realm", InstantSource.fixed(Instant.ofEpochMilli(NOW)));

        assertThat(slower.findOrCreate(owner("default")).id()).isEqualTo(row().id());
    }

    @Test
    void aKeyOfAnotherApplicationIsRefused() {
        RefusedCallException refused = refused(
                () -> registration("default", Optional.of("application-2")).register());

        assertThat(status(refused)).isEqualTo(409);
        assertThat(nylas.calls).isEmpty();
    }

    @Test
    void twoChangesAreNotMadeAtOnce() throws Exception {
        register();
        rows.begin(row().id());

        assertThat(refused(this::register)).hasMessageContaining("another call");
        assertThat(refused(() -> registration().rotate())).hasMessageContaining("another call");
        assertThat(refused(() -> registration().remove())).hasMessageContaining("another call");
    }

    @Test
    void duringARotationTheWebhookIsMarkedAndAfterItBothSecretsCount() throws Exception {
        register();
        nylas.onCall = () -> assertThat(row().state()).contains(WebhookState.CHANGING);

        registration().rotate();

        assertThat(row().state()).contains(WebhookState.ACTIVE);
        assertThat(secrets(NOW)).containsExactly("secret-2", "secret-1");
        assertThat(secrets(NOW + 3_600_000)).containsExactly("secret-2");
    }

    @Test
    void aRotationWhoseOutcomeIsUnknownLeavesTheMarkUntilItIsRepeated() throws Exception {
        register();
        nylas.rotateFails = FakeWebhooks.OUTAGE;

        assertThat(status(refused(() -> registration().rotate()))).isEqualTo(502);
        assertThat(row().state()).contains(WebhookState.CHANGING);

        nylas.rotateFails = null;
        registration().rotate();
        assertThat(row().state()).contains(WebhookState.ACTIVE);
    }

    @Test
    void afterARotationWithoutAnOutcomeTheWebhookIsNotTakenForIntact() throws Exception {
        register();
        nylas.rotateFails = FakeWebhooks.OUTAGE;
        refused(() -> registration().rotate());

        nylas.rotateFails = FakeWebhooks.REFUSAL;
        refused(() -> registration().rotate());
        assertThat(row().state()).contains(WebhookState.CHANGING);
        nylas.listFails = FakeWebhooks.OUTAGE;
        refused(this::register);
        assertThat(row().state()).contains(WebhookState.CHANGING);

        nylas.listFails = null;
        assertThat(register()).isTrue();
        assertThat(row().state()).contains(WebhookState.ACTIVE);
        assertThat(row().nylasId()).contains("nylas-2");
    }

    @Test
    void aRefusedRotationChangesNothing() throws Exception {
        register();
        nylas.rotateFails = FakeWebhooks.REFUSAL;

        assertThat(status(refused(() -> registration().rotate()))).isEqualTo(409);

        assertThat(row().state()).contains(WebhookState.ACTIVE);
        assertThat(secrets(NOW)).containsExactly("secret-1");
    }

    @Test
    void whatIsNotRegisteredCannotBeRotatedOrRemoved() {
        assertThat(status(refused(() -> registration().rotate()))).isEqualTo(404);
        assertThat(status(refused(() -> registration().remove()))).isEqualTo(404);
        assertThat(nylas.calls).isEmpty();
    }

    @Test
    void aRemovedWebhookIsGoneAtNylasAndHere() throws Exception {
        register();
        nylas.add("of-somebody-else", "https://other.example.com/x");

        registration().remove();

        assertThat(nylas.known).containsOnlyKeys("of-somebody-else");
        assertThat(rows.find(owner("default"))).isEmpty();
    }

    @Test
    void ifNylasCannotBeAskedTheRowIsKept() throws Exception {
        register();
        nylas.listFails = FakeWebhooks.OUTAGE;

        assertThatThrownBy(() -> registration().remove()).isInstanceOf(RefusedCallException.class);

        assertThat(row().state()).contains(WebhookState.ACTIVE);
    }
}
