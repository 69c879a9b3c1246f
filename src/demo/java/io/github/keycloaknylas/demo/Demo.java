package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.Fakes;
import io.github.keycloaknylas.testkit.nylas.FakeNylas;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The real Keycloak with the extension, a fake Microsoft, a fake Nylas and an example application, on this machine.
 * Begins afresh at each start.
 */
public final class Demo implements AutoCloseable {

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Fakes fakes;
    private final KeycloakServer keycloak;
    private final DemoRealm realm;
    private final ExampleApp app;

    private Demo(DemoPorts ports, Consumer<String> progress) {
        try {
            InetAddress here = InetAddress.getLoopbackAddress();
            fakes = running(Fakes.startWithoutTls(here, ports.microsoft(), ports.nylas()));
            progress.accept(
                    "The fake Microsoft is at " + fakes.microsoft().urls().login());
            progress.accept("The fake Nylas is at " + fakes.nylas().uri());
            progress.accept("Keycloak is starting; the first time takes half a minute or more …");
            keycloak = running(DistributionServer.start(server(ports), line -> {}));
            progress.accept("Keycloak is at " + keycloak.baseUrl());
            realm = DemoRealm.create(keycloak, fakes.microsoft().urls(), ports.app());
            progress.accept("The realm '" + DemoRealm.NAME + "' is set up");
            app = running(ExampleApp.start(new InetSocketAddress(here, ports.app()), realm.oidc()));
            progress.accept("The example application is at " + app.uri());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @param progress told of each step, a line at a time
     */
    public static Demo start(DemoPorts ports, Consumer<String> progress) {
        ports.requireFree();
        return new Demo(ports, progress);
    }

    /** The example application's page. */
    public URI app() {
        return app.uri();
    }

    /** Where the signed-in person sees the own account. */
    public URI accountConsole() {
        return URI.create(realm.oidc().realm() + "/account");
    }

    /** The administrator's view of the realm. */
    public URI adminConsole() {
        return URI.create(keycloak.baseUrl() + "/admin/master/console/#/" + DemoRealm.NAME);
    }

    /** The server behind it. */
    public KeycloakServer keycloak() {
        return keycloak;
    }

    /** The Nylas that gives the grants, with a page of its own. */
    public FakeNylas nylas() {
        return fakes.nylas();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A part of the demo could not be stopped", e);
            }
        }
    }

    private <T extends AutoCloseable> T running(T part) {
        running.push(part);
        return part;
    }

    private ServerOptions server(DemoPorts ports) {
        return ServerOptions.named("demo")
                .ports(ports.server())
                .environment("KC_SPI_NYLAS_CONNECTION__DEFAULT__API_KEY", Fakes.API_KEY)
                .environment(
                        "KC_SPI_NYLAS_CONNECTION__DEFAULT__API_URL",
                        fakes.nylas().uri().toString())
                .logLevel("INFO,io.github.keycloaknylas:debug")
                .build();
    }
}
