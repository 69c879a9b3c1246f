package io.github.keycloaknylas.model;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.capture.FakeBroker;
import io.github.keycloaknylas.capture.LearnedApplications;
import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.login.FakeLogin;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.protocol.HttpContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The database, the sessions and the real classes, which all cases share because creating them takes longer
 * than a case.
 */
final class SystemUnderTest implements AutoCloseable {

    static final String SEAL_KEY = "nylas-seal-key/default/secret";
    static final String API_KEY = "nylas-connection/default/api-key";
    private static final Logger OURS = Logger.getLogger("io.github.keycloaknylas");

    private final Engine engine;
    private final Level logged = OURS.getLevel();
    private Simulation simulation;
    final TestDatabase database;
    final FakeKeycloak keycloak;
    final KeycloakSessionFactory sessions;
    final NylasClient nylas;
    final FakeBroker broker;
    final FakeLogin login;

    SystemUnderTest(Engine engine) throws Exception {
        // Thousands of cases would warn an administrator of everything that can go wrong.
        OURS.setLevel(Level.OFF);
        Crypto.use();
        this.engine = engine;
        database = TestDatabase.empty(engine);
        keycloak = new FakeKeycloak(database);
        Simulation.REALMS.forEach(realm -> when(keycloak.realm(realm).getAccessCodeLifespanLogin())
                .thenReturn((int) ReferenceModel.LOGIN.toSeconds()));
        sessions = keycloak.lightweightFactory();
        CloseableHttpClient http =
                mock(CloseableHttpClient.class, withSettings().stubOnly());
        when(http.execute(any(HttpUriRequest.class), any(HttpContext.class)))
                .thenAnswer(call -> simulation.nylas().answer(call.getArgument(0)));
        nylas = new NylasClient(http, Duration.ofSeconds(60));
        InstantSource clock =
                () -> Instant.ofEpochMilli(simulation == null ? Simulation.START : simulation.loginTime());
        options();
        broker = new FakeBroker(sessions, clock);
        login = new FakeLogin(keycloak, clock);
    }

    Simulation fresh() {
        TestDatabase.empty(engine);
        keycloak.failUserStore(null);
        Options options = options();
        // What the case before has learned is kept for the whole JVM.
        LearnedApplications.learned(settings("default"), InMemoryNylas.KEYS.get("server-key-0"));
        LearnedApplications.learned(settings("other"), InMemoryNylas.KEYS.get("other-key"));
        simulation = new Simulation(this, options);
        return simulation;
    }

    /** The settings of a connection of the server. */
    static ConnectionSettings settings(String connection) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setConfig(Map.of("connection", connection));
        return Connections.configured(null, null, MapperSettings.of(mapper)).orElseThrow();
    }

    private static Options options() {
        return restore(Options.none());
    }

    /** What an administrator puts back. */
    static Options restore(Options options) {
        return options.with(API_KEY, "server-key-0")
                .with("nylas-connection/other/api-key", "other-key")
                .with(SEAL_KEY, Base64.getEncoder().encodeToString(new byte[32]));
    }

    @Override
    public void close() {
        nylas.close();
        OURS.setLevel(logged);
    }
}
