package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.Fakes;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import io.github.keycloaknylas.testkit.nylas.FakeNylas;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import io.github.keycloaknylas.testkit.server.SharedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The fakes and one Keycloak that uses them, shared by all integration tests of a JVM. */
public final class TestEnvironment {

    // A certificate for each JVM: the full build runs several at a time.
    public static final Fakes FAKES = Fakes.start(BuildOutput.directory("fake-microsoft")
            .resolve(Long.toString(ProcessHandle.current().pid())));
    public static final FakeMicrosoft MICROSOFT = FAKES.microsoft();
    public static final FakeNylas NYLAS = FAKES.nylas();
    public static final NylasApplication APPLICATION = FAKES.application();
    public static final String API_KEY = Fakes.API_KEY;
    public static final String SCOPES = Fakes.SCOPES;

    private static final SharedServer SERVER =
            new SharedServer(() -> options("integration").build());

    private TestEnvironment() {}

    public static KeycloakServer keycloak() {
        return SERVER.get();
    }

    /** A server that uses the fakes; each test that wants one of its own adds to this. */
    public static ServerOptions.Builder options(String name) {
        return covered(plain(name), name);
    }

    /** The same, and its share of what the tests reach is not counted: it does not run this build's extension. */
    public static ServerOptions.Builder plain(String name) {
        return FAKES.server(name)
                .logLevel("INFO,io.github.keycloaknylas:debug")
                // Passwords of tests are no secrets, and hashing them well took a quarter of a server's time.
                .spi("password-hashing", "argon2", "iterations", "1")
                .spi("password-hashing", "argon2", "memory", "64");
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
