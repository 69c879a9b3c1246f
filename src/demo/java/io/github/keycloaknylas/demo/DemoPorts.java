package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.server.FreePort;
import io.github.keycloaknylas.testkit.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;

/** Where the servers of the demo listen on the loopback interface. */
public record DemoPorts(int app, int keycloak, int management, int microsoft, int nylas) {

    private static final String PREFIX = "demo.port.";

    /** The usual ones, each of which the system property {@code demo.port.<who>} changes. */
    static DemoPorts usual() {
        return new DemoPorts(
                Integer.getInteger(PREFIX + "app", 8000),
                Integer.getInteger(PREFIX + "keycloak", 8080),
                Integer.getInteger(PREFIX + "management", 9000),
                Integer.getInteger(PREFIX + "microsoft", 8081),
                Integer.getInteger(PREFIX + "nylas", 8082));
    }

    /** Ports that are not in use, and that nothing gets by chance before the demo binds them. */
    public static DemoPorts free() {
        List<Integer> free = Stream.generate(FreePort::find).distinct().limit(5).toList();
        return new DemoPorts(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4));
    }

    Ports server() {
        return new Ports(keycloak, management);
    }

    void requireFree() {
        requireFree(app, "app", "the example application");
        requireFree(keycloak, "keycloak", "Keycloak");
        requireFree(management, "management", "Keycloak's health and metrics");
        requireFree(microsoft, "microsoft", "the fake Microsoft");
        requireFree(nylas, "nylas", "the fake Nylas");
    }

    private static void requireFree(int port, String who, String words) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new DemoFailure("Port %d, meant for %s, is in use. Stop the program that uses it, or choose another"
                            .formatted(port, words)
                    + " port: mvn -Pdemo package -D%s%s=%d".formatted(PREFIX, who, port + 100));
        }
    }
}
