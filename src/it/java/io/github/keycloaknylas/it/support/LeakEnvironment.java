package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.leaks.Needle;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.Mode;
import io.github.keycloaknylas.testkit.server.Ports;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A server that logs all it can without Apache's wire log, and whose every secret is known, to be looked for. */
public final class LeakEnvironment {

    public static final String SEAL_SECRET = "KC_SPI_NYLAS_SEAL_KEY__DEFAULT__SECRET";

    /** Connections that cannot work, by what is wrong with them; each has a secret in the wrong place. */
    public static final String PASSWORD_IN_URL = "leak-password";

    public static final String NO_URL = "leak-nonsense";
    public static final String KEY_WITH_BLANKS = "leak-blanks";

    private static final byte[] SEAL_KEY = new byte[32];
    private static final Database DATABASE;
    private static final Ports PORTS = Ports.free();
    private static final List<Needle> SERVER_SECRETS = new ArrayList<>();

    public static final OurTables TABLES;

    private static final List<TestConnection> CONNECTIONS;
    private static final AtomicInteger NEXT = new AtomicInteger();

    static {
        new SecureRandom().nextBytes(SEAL_KEY);
        DATABASE = PostgresEnvironment.POSTGRES.create();
        TABLES = new OurTables(PostgresEnvironment.POSTGRES.look(DATABASE));
        CONNECTIONS = IntStream.rangeClosed(1, 12)
                .mapToObj(number -> connection("leaks-" + number))
                .toList();
        SERVER_SECRETS.add(Needle.of("API key of the environment", TestEnvironment.API_KEY));
        SERVER_SECRETS.add(Needle.of("seal key as set", Base64.getEncoder().encodeToString(SEAL_KEY)));
        SERVER_SECRETS.add(Needle.of("seal key", SEAL_KEY));
    }

    private LeakEnvironment() {}

    /** The name of one that no other test has used: circuit breakers that it opens stop no other. */
    public static String connection() {
        return CONNECTIONS.get(NEXT.getAndIncrement()).name();
    }

    public static DistributionServer start() {
        return DistributionServer.start(options().build());
    }

    public static ServerOptions.Builder options() {
        return withoutSealKey().environment(SEAL_SECRET, Base64.getEncoder().encodeToString(SEAL_KEY));
    }

    public static ServerOptions.Builder withoutSealKey() {
        ServerOptions.Builder options = TestEnvironment.options("leaks")
                .mode(Mode.PRODUCTION)
                .jvmOption("-XX:TieredStopAtLevel=1")
                .database(DATABASE)
                .ports(PORTS)
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__DEADLINE_SECONDS", "1")
                .logLevel("INFO,io.github.keycloaknylas:trace,org.keycloak:debug");
        String url = TestEnvironment.NYLAS.uri().toString();
        CONNECTIONS.forEach(good -> add(options, good.name(), good.apiKey(), url));
        Wrong.ALL.forEach((name, wrong) -> add(options, name, wrong.key, wrong.url));
        return options;
    }

    /** What nobody but Nylas may ever see, besides the tokens. */
    public static List<Needle> secrets() {
        return List.copyOf(SERVER_SECRETS);
    }

    /** A new secret that is looked for from now on. */
    public static String secret(String name) {
        String secret = "Leak+/=." + UUID.randomUUID().toString().substring(0, 18);
        SERVER_SECRETS.add(Needle.of(name, secret));
        return secret;
    }

    private static TestConnection connection(String name) {
        String key = "nyk_v0_" + UUID.randomUUID().toString().replace("-", "");
        SERVER_SECRETS.add(Needle.of("API key of " + name, key));
        TestConnection connection = new TestConnection(
                name, key, TestEnvironment.NYLAS.application(name).apiKey(key));
        connection.presents(TestConnection.CLIENT);
        return connection;
    }

    private static void add(ServerOptions.Builder options, String name, String key, String url) {
        String prefix =
                "KC_SPI_NYLAS_CONNECTION__" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "__";
        options.environment(prefix + "API_KEY", key).environment(prefix + "API_URL", url);
    }

    private record Wrong(String key, String url) {

        private static final Map<String, Wrong> ALL = Map.of(
                PASSWORD_IN_URL,
                new Wrong("key", "https://keeper:" + secret("password in the URL") + "@127.0.0.1:9"),
                NO_URL,
                new Wrong("key", "https://nylas example/" + secret("password in what is no URL")),
                KEY_WITH_BLANKS,
                new Wrong("nyk v0 " + secret("key with blanks"), "http://127.0.0.1:9"));
    }
}
