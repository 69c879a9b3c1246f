package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The server of the tests in which Nylas misbehaves: that of {@link PostgresEnvironment}, with a connection
 * for each test.
 */
public final class FaultEnvironment {

    private static final List<TestConnection> CONNECTIONS = IntStream.rangeClosed(1, 40)
            .mapToObj(number -> TestConnection.named("trouble-" + number))
            .toList();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private FaultEnvironment() {}

    public static KeycloakServer keycloak() {
        return PostgresEnvironment.keycloak();
    }

    /** One that no other test has used. */
    public static TestConnection connection() {
        return CONNECTIONS.get(NEXT.getAndIncrement());
    }

    static ServerOptions.Builder addTo(ServerOptions.Builder options) {
        CONNECTIONS.forEach(connection -> connection.addTo(options));
        return options;
    }
}
