package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.PlayedParties;
import java.util.concurrent.CountDownLatch;

/**
 * The fake Microsoft and the fake Nylas without Keycloak, until Ctrl+C: {@code mvn -Pdemo test-compile exec:java@fakes},
 * or the image of docker/played.Dockerfile. The environment says where they listen, see {@link StandaloneOptions}.
 */
public final class PlayedMain {

    private PlayedMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        StandaloneOptions options = StandaloneOptions.of(System.getenv());
        PlayedParties parties = start(options);
        System.out.println(StandaloneText.of(parties));
        options.app().ifPresent(address -> {
            ExampleApp app = ExampleApp.start(address, options.client(address.getPort()));
            System.out.println("Once Keycloak listens, open " + app.uri());
        });
        new CountDownLatch(1).await();
    }

    public static PlayedParties start(StandaloneOptions options) {
        return PlayedParties.startWithoutTls(options.address(), options.microsoftPort(), options.nylasPort());
    }
}
