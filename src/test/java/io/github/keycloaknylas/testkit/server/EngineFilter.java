package io.github.keycloaknylas.testkit.server;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.testcontainers.DockerClientFactory;

/** Says where the integration tests run; on containers none runs where no Docker engine answers. JUnit finds it by name. */
public final class EngineFilter implements PostDiscoveryFilter {

    private static final String BLOCK = """

            ********************************************************************************
            *** %s
            ********************************************************************************
            """;

    private static Boolean answers;

    @Override
    public FilterResult apply(TestDescriptor test) {
        return FilterResult.includedIf(
                System.getProperty(ServerRuntime.PROPERTY) == null || answers(),
                () -> "where it has to run is there",
                () -> "no Docker engine answers");
    }

    private static synchronized boolean answers() {
        if (answers == null) {
            answers = ServerRuntime.chosen() == ServerRuntime.DISTRIBUTION
                    || DockerClientFactory.instance().isDockerAvailable();
            System.out.println(BLOCK.formatted(message()));
        }
        return answers;
    }

    private static String message() {
        if (ServerRuntime.chosen() == ServerRuntime.DISTRIBUTION) {
            return "Integration tests on the distribution";
        }
        return answers
                ? "Integration tests on containers of " + KeycloakImage.name()
                : "THE CONTAINER TESTS DID NOT RUN: no Docker engine answers. See CONTRIBUTING.md.";
    }
}
