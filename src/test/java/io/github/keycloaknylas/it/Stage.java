package io.github.keycloaknylas.it;

import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.PlayedMicrosoft;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.nylas.PlayedNylas;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The played parties and one Keycloak that knows them, shared by all integration tests of a JVM. */
final class Stage {

    static final String API_KEY = "nyk_v0_played-key-of-the-tests";
    static final String SCOPES = "openid profile email offline_access User.Read Mail.Read Calendars.Read";

    static final PlayedMicrosoft MICROSOFT = PlayedMicrosoft.startWithTls(BuildOutput.directory("played-microsoft"));
    static final PlayedNylas NYLAS = PlayedNylas.builder()
            .microsoft(MICROSOFT.urls().login(), MICROSOFT.urls().graphMeUrl())
            .start();
    static final NylasApplication APPLICATION = application();

    private static final SharedServer SERVER =
            new SharedServer(() -> SetUpStage.addTo(options("integration")).build());

    private Stage() {}

    static KeycloakServer keycloak() {
        return SERVER.get();
    }

    /** A server that knows the played parties; each test that wants one of its own adds to this. */
    static ServerOptions.Builder options(String name) {
        return covered(ServerOptions.named(name), name)
                .trust(MICROSOFT.caPem())
                .spi(
                        "connections-http-client",
                        "default",
                        "proxy-mappings",
                        "(login\\.microsoftonline\\.com|graph\\.microsoft\\.com);http://127.0.0.1:"
                                + MICROSOFT.proxyPort())
                .environment("KC_SPI_NYLAS_CONNECTION__DEFAULT__API_KEY", API_KEY)
                .environment(
                        "KC_SPI_NYLAS_CONNECTION__DEFAULT__API_URL", NYLAS.uri().toString())
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__POLL_SECONDS", "1")
                .logLevel("INFO,io.github.keycloaknylas:debug");
    }

    /** Lets the build measure what the tests reach inside the server. */
    private static ServerOptions.Builder covered(ServerOptions.Builder options, String name) {
        String agent = System.getProperty("coverage.agent");
        if (agent == null || !Files.exists(Path.of(agent))) {
            return options;
        }
        Path results = BuildOutput.directory("coverage").resolve("server-" + name + "-" + UUID.randomUUID() + ".exec");
        return options.jvmOption(
                "-javaagent:" + agent + "=destfile=" + results + ",includes=io.github.keycloaknylas.*");
    }

    private static NylasApplication application() {
        return NYLAS.application("played-application")
                .apiKey(API_KEY)
                .connector(
                        new OAuthClient(App.DEFAULT.clientId(), App.DEFAULT.clientSecret()),
                        "common",
                        "User.Read",
                        "Mail.Read",
                        "Calendars.Read");
    }
}
