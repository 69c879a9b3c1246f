package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.PlayedParties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** The demo without its Keycloak, for a container: the environment says where each party listens. */
public final class PlayedMain {

    private PlayedMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");
        PlayedParties.startWithoutTls(everywhere, port("MICROSOFT_PORT"), port("NYLAS_PORT"));
        URI keycloak = URI.create("http://localhost:" + port("KEYCLOAK_PORT"));
        URI app = URI.create("http://localhost:" + port("APP_PORT"));
        ExampleApp.start(new InetSocketAddress(everywhere, port("APP_PORT")), OidcClient.ofTheDemo(keycloak, app));
        System.out.println("Once Keycloak listens, open " + app);
        new CountDownLatch(1).await();
    }

    private static int port(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new DemoFailure("The environment variable " + variable + " is missing; see docker/compose.yaml.");
        }
        return Integer.parseInt(value);
    }
}
