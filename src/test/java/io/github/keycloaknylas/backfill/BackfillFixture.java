package io.github.keycloaknylas.backfill;

import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** A realm whose provider has stored tokens, and nodes whose pauses pass at once. */
final class BackfillFixture {

    static final String REALM = "realm";
    static final String ALIAS = "microsoft";

    final Options options = Options.none()
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    final FakeStoredLinks links = new FakeStoredLinks();
    final ThrottledWarnings warnings = mock(ThrottledWarnings.class);
    final AtomicInteger wakeUps = new AtomicInteger();
    final List<Duration> pauses = new ArrayList<>();
    final FakeKeycloak keycloak;
    private volatile long now = 10_000_000_000L;
    private Runnable duringPause = () -> {};
    private int pausesLeft = 300;

    BackfillFixture(Engine engine) {
        Crypto.use();
        keycloak = new FakeKeycloak(TestDatabase.empty(engine));
        keycloak.realm(REALM);
        keycloak.provider(REALM, ALIAS, Map.of());
    }

    /** A user who is linked to an account of the same name. */
    void person(String name) {
        person(name, response("oid-" + name));
    }

    void person(String name, String stored) {
        keycloak.user(REALM, name);
        links.put(name, name, stored);
    }

    void people(int count) {
        for (int i = 0; i < count; i++) {
            person("person-%04d".formatted(i));
        }
    }

    static String response(String objectId) {
        String claims = "{\"oid\":\"" + objectId + "\",\"email\":\"" + objectId + "@example.com\"}";
        return "{\"refresh_token\":\"token-of-" + objectId + "\",\"scope\":\"Mail.Read Calendars.Read\",\"id_token\":\""
                + encoded("{}") + "." + encoded(claims) + "." + encoded("x") + "\"}";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static BackfillOrder order(boolean dryRun, int rate) {
        return new BackfillOrder(REALM, ALIAS, dryRun, rate, "administrator");
    }

    Optional<BackfillObstacle> start(boolean dryRun, int rate) {
        return call(
                session -> new BackfillStart(links, InstantSource.system()).start(bound(session), order(dryRun, rate)));
    }

    /** One poll of a new node. */
    void poll() {
        node().run();
    }

    Backfill node() {
        return node(keycloak.lightweightFactory());
    }

    Backfill node(KeycloakSessionFactory factory) {
        return new Backfill(
                factory, links, keycloak.eligibility(), clock(), warnings, wakeUps::incrementAndGet, new Pause() {

                    @Override
                    public boolean await(Duration duration) {
                        pauses.add(duration);
                        forward(duration);
                        duringPause.run();
                        return pausesLeft-- > 0;
                    }

                    @Override
                    public void end() {
                        pausesLeft = 0;
                    }
                });
    }

    InstantSource clock() {
        return () -> Instant.ofEpochMilli(now);
    }

    void forward(Duration time) {
        now += time.toMillis();
    }

    /** The server stops in the pause after so many others. */
    void stopAfterPauses(int count) {
        pausesLeft = count;
    }

    void duringPause(Runnable work) {
        duringPause = work;
    }

    BackfillEntity run() {
        return call(session -> BackfillRows.of(session).find(REALM, ALIAS).orElseThrow());
    }

    boolean cancel() {
        return call(session -> BackfillRows.of(session).cancel(REALM, ALIAS, now));
    }

    Optional<GrantEntity> row(String name) {
        return call(session -> Ledger.of(session).find(mailbox(name)));
    }

    static Mailbox mailbox(String name) {
        return new Mailbox(REALM, ALIAS, name);
    }

    long rows() {
        return call(session -> entities(session, "select count(g.id) from GrantEntity g"));
    }

    private static Long entities(KeycloakSession session, String query) {
        return session.getProvider(org.keycloak.connections.jpa.JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(query, Long.class)
                .getSingleResult();
    }

    KeycloakSession bound(KeycloakSession session) {
        session.getContext().setRealm(session.realms().getRealm(REALM));
        return session;
    }

    <T> T call(Function<KeycloakSession, T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(keycloak.lightweightFactory(), job::apply);
    }
}
