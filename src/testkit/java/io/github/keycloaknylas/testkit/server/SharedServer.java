package io.github.keycloaknylas.testkit.server;

import java.util.function.Supplier;

/**
 * One server for all tests of a JVM: hold it in a static field. It starts at first use and ends with the JVM; if it
 * cannot start, every test fails at once.
 */
public final class SharedServer {

    private final Supplier<ServerOptions> options;
    private KeycloakServer server;
    private RuntimeException failure;

    public SharedServer(Supplier<ServerOptions> options) {
        this.options = options;
    }

    public synchronized KeycloakServer get() {
        if (failure != null) {
            throw failure;
        }
        if (server == null) {
            try {
                server = KeycloakServer.start(options.get());
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
        return server;
    }
}
