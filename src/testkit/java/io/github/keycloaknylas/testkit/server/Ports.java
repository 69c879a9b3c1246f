package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The ports of one server on the loopback interface. */
public record Ports(int http, int management) {

    /** Ports nobody uses at this moment. */
    public static Ports free() {
        try (ServerSocket http = bind(0);
                ServerSocket management = bind(0)) {
            return new Ports(http.getLocalPort(), management.getLocalPort());
        } catch (IOException e) {
            throw new ServerFailure("No free port could be found on the loopback interface: " + e.getMessage(), e);
        }
    }

    void requireFree() {
        requireFree(http, "Keycloak");
        requireFree(management, "Keycloak's health and metrics");
    }

    private static void requireFree(int port, String use) {
        try (ServerSocket socket = bind(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new ServerFailure(
                    "Port " + port + ", meant for " + use + ", is in use by another program (" + e.getMessage()
                            + "). Stop that program, or choose another port; Ports.free() finds one.",
                    e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
