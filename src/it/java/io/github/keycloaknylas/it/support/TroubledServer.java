package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The server of the tests in which Nylas misbehaves: a short deadline, and a connection for each test. */
public final class TroubledServer {

    public static final int DEADLINE_SECONDS = 2;

    private static final List<PlayedConnection> CONNECTIONS = IntStream.rangeClosed(1, 40)
            .mapToObj(number -> PlayedConnection.named("trouble-" + number))
            .toList();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final SharedServer SERVER = new SharedServer(TroubledServer::options);

    private TroubledServer() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }

    /** One that no other test has used. */
    public static PlayedConnection connection() {
        return CONNECTIONS.get(NEXT.getAndIncrement());
    }

    private static ServerOptions options() {
        ServerOptions.Builder options = Stage.options("trouble")
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__DEADLINE_SECONDS", Integer.toString(DEADLINE_SECONDS));
        CONNECTIONS.forEach(connection -> connection.addTo(options));
        return options.build();
    }
}
