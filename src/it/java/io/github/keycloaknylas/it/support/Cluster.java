package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.Mode;
import io.github.keycloaknylas.testkit.server.Ports;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keycloaks in production mode that share a PostgreSQL and their caches, and one Nylas application. After each test
 * Nylas is well again, and no mailbox may have had two calls at once.
 */
public final class Cluster implements AfterEachCallback, AfterAllCallback {

    private static final String SEAL_KEY = "YSBzZWFsIGtleSB0aGF0IHRoZSBub2RlcyBzaGFyZS4=";

    private final Database database = PostgresEnvironment.POSTGRES.create();
    private final OurTables tables = new OurTables(PostgresEnvironment.POSTGRES.look(database));
    private final NylasApplication application;
    private final Map<String, Ports> ports = new HashMap<>();
    private final List<ClusterNode> nodes = new ArrayList<>();

    public Cluster() {
        application = TestEnvironment.NYLAS.application("cluster-" + UUID.randomUUID());
        application.connector(TestConnection.CLIENT, "common", "User.Read", "Mail.Read", "Calendars.Read");
    }

    /** Starts a node of this build. */
    public ClusterNode start(String name) {
        return start(name, options(TestEnvironment.options(name), name).build());
    }

    public ClusterNode start(String name, ServerOptions options) {
        ClusterNode node = ClusterNode.start(options, key(name));
        nodes.add(node);
        return node;
    }

    /** What makes a server a node of this cluster; the key tells the fake Nylas which of them calls. */
    public ServerOptions.Builder options(ServerOptions.Builder server, String name) {
        application.apiKey(key(name));
        return server.mode(Mode.PRODUCTION)
                .database(database)
                .ports(ports.computeIfAbsent(name, fresh -> Ports.free()))
                .option("cache-embedded-network-bind-address", "127.0.0.1")
                .option("db-pool-max-size", "20")
                .environment("KC_SPI_NYLAS_SEAL_KEY__DEFAULT__SECRET", SEAL_KEY)
                .environment("KC_SPI_NYLAS_CONNECTION__DEFAULT__API_KEY", key(name));
    }

    public OurTables tables() {
        return tables;
    }

    private List<RecordedRequest> journal() {
        return TestEnvironment.NYLAS
                .requests()
                .all(request -> nodes.stream().anyMatch(node -> node.requests().test(request)));
    }

    /** As time would have it. */
    public void leaseIsOver(String userId) {
        tables.execute("update nylas_grant set lease_until = 0, next_at = 0 where user_id = '" + userId + "'");
    }

    private static String key(String name) {
        return "nyk_v0_key-of-" + name;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestEnvironment.NYLAS.faults().clear();
        OverlappingCalls.assertNoneAmong(journal());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        nodes.forEach(ClusterNode::close);
    }
}
