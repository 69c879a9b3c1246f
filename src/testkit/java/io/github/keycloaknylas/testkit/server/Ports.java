package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.net.ServerSocket;

/** The ports of one server on the loopback interface. */
public record Ports(int http, int management) {

    /** Returns ports that are not in use, and that are not assigned by chance before the server binds them. */
    public static Ports free() {
        int http = FreePort.find();
        int management = FreePort.find();
        return http == management ? free() : new Ports(http, management);
    }

    void requireFree() {
        requireFree(http, "Keycloak");
        requireFree(management, "Keycloak's health and metrics");
    }

    private static void requireFree(int port, String use) {
        try (ServerSocket socket = FreePort.bind(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new ServerFailure(
                    "Port " + port + ", meant for " + use + ", is in use by another program (" + e.getMessage()
                            + "). Stop that program, or choose another port; Ports.free() finds one.",
                    e);
        }
    }
}
