package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.Fakes;
import java.util.concurrent.CountDownLatch;

/**
 * The fake Microsoft and the fake Nylas without Keycloak, until Ctrl+C:
 * {@code mvn -Pdemo test-compile exec:java@fakes}, or the image of docker/fakes.Dockerfile. The environment says where
 * they listen, see {@link StandaloneOptions}.
 */
public final class FakesMain {

    private FakesMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        StandaloneOptions options = StandaloneOptions.of(System.getenv());
        Fakes fakes = start(options);
        System.out.println(StandaloneText.of(fakes));
        options.app().ifPresent(address -> {
            ExampleApp app = ExampleApp.start(address, options.client(address.getPort()));
            System.out.println("Once Keycloak listens, open " + app.uri());
        });
        new CountDownLatch(1).await();
    }

    public static Fakes start(StandaloneOptions options) {
        return Fakes.startWithoutTls(options.address(), options.microsoftPort(), options.nylasPort());
    }
}
