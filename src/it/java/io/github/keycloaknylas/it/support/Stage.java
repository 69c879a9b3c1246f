package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.PlayedParties;
import io.github.keycloaknylas.testkit.microsoft.PlayedMicrosoft;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.PlayedNylas;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The played parties and one Keycloak that knows them, shared by all integration tests of a JVM. */
public final class Stage {

    // A certificate for each JVM: the full build runs several at a time.
    public static final PlayedParties PARTIES = PlayedParties.start(BuildOutput.directory("played-microsoft")
            .resolve(Long.toString(ProcessHandle.current().pid())));
    public static final PlayedMicrosoft MICROSOFT = PARTIES.microsoft();
    public static final PlayedNylas NYLAS = PARTIES.nylas();
    public static final NylasApplication APPLICATION = PARTIES.application();
    public static final String API_KEY = PlayedParties.API_KEY;
    public static final String SCOPES = PlayedParties.SCOPES;

    private static final SharedServer SERVER =
            new SharedServer(() -> SetUpStage.addTo(options("integration")).build());

    private Stage() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }

    /** A server that knows the played parties; each test that wants one of its own adds to this. */
    public static ServerOptions.Builder options(String name) {
        return covered(plain(name), name);
    }

    /** The same, and its share of what the tests reach is not counted: it does not run this build's extension. */
    public static ServerOptions.Builder plain(String name) {
        return PARTIES.server(name).logLevel("INFO,io.github.keycloaknylas:debug");
    }

    /** Lets the build measure what the tests reach inside the server. */
    private static ServerOptions.Builder covered(ServerOptions.Builder options, String name) {
        String agent = System.getProperty("coverage.agent");
        if (agent == null || !Files.isRegularFile(Path.of(agent))) {
            return options;
        }
        Path results = BuildOutput.directory("coverage").resolve("server-" + name + "-" + UUID.randomUUID() + ".exec");
        return options.jvmOption(
                "-javaagent:" + agent + "=destfile=" + results + ",includes=io.github.keycloaknylas.*");
    }
}
