package io.github.keycloaknylas.testkit.server;

import java.net.URI;
import java.util.function.Consumer;
import org.keycloak.admin.client.Keycloak;

/** A running Keycloak with the extension in it, wherever it runs. */
public interface KeycloakServer extends AutoCloseable {

    /** Starts a server where {@link ServerRuntime#chosen()} specifies; returns once it is ready. */
    static KeycloakServer start(ServerOptions options) {
        return start(options, System.out::println);
    }

    /** Reports what it is about to do, one line at a time. */
    static KeycloakServer start(ServerOptions options, Consumer<String> progress) {
        return switch (ServerRuntime.chosen()) {
            case DISTRIBUTION -> DistributionServer.start(options, progress);
            case CONTAINER -> ContainerServer.start(options, progress);
        };
    }

    /** Where browsers and clients find it, without a slash at the end. */
    URI baseUrl();

    /** Where health and metrics are. */
    URI managementUrl();

    /** Returns an administrator of the master realm; to be requested again after each start. */
    Keycloak admin();

    /** Everything the server has logged since it was created, over all its starts. */
    String log();

    /**
     * Starts it again, on its own data and ports, after {@link #kill()} or {@link #stop()}; returns once it is ready.
     */
    void start();

    /** Asks it to shut down, and waits until it has. */
    void stop();

    /** Kills it in the middle of its work (SIGKILL). */
    void kill();

    /** Stops and starts. */
    default void restart() {
        stop();
        start();
    }

    /** Stops it, and starts it on its own data with other options; jars and ports stay as they were. */
    void restart(ServerOptions changed);

    /** Stops it and deletes its data; the log is kept. */
    @Override
    void close();
}
