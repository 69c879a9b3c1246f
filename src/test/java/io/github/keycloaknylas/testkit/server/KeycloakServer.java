package io.github.keycloaknylas.testkit.server;

import java.net.URI;
import org.keycloak.admin.client.Keycloak;

/** A running Keycloak with the extension in it, wherever it runs. */
public interface KeycloakServer extends AutoCloseable {

    /** Where browsers and clients find it, without a slash at the end. */
    URI baseUrl();

    /** Where health and metrics are. */
    URI managementUrl();

    /** An administrator of the master realm; ask again after each start. */
    Keycloak admin();

    /** Everything the server has logged since it was created, over all its starts. */
    String log();

    /** Starts it again, on its own data and ports, after {@link #kill()} or {@link #stop()}; returns once it is ready. */
    void start();

    /** Asks it to shut down, and waits until it has. */
    void stop();

    /** Takes it away in the middle of whatever it does (SIGKILL). */
    void kill();

    /** Stops and starts. */
    default void restart() {
        stop();
        start();
    }

    /** Stops it and throws its data away; the log stays. */
    @Override
    void close();
}
