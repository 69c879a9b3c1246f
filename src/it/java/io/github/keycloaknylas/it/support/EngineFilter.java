package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.ServerRuntime;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.testcontainers.DockerClientFactory;

/** Leaves out what needs a Docker engine where none answers, and says so. JUnit finds it by name. */
public final class EngineFilter implements PostDiscoveryFilter {

    private static final String BLOCK = """

            ********************************************************************************
            *** %s
            ********************************************************************************
            """;

    private static Boolean answers;

    @Override
    public FilterResult apply(TestDescriptor test) {
        if (System.getProperty("keycloak.runtime") == null || ServerRuntime.chosen() == ServerRuntime.DISTRIBUTION) {
            return FilterResult.included("it needs no Docker engine");
        }
        return FilterResult.includedIf(answers(), () -> "a Docker engine answers", () -> "no Docker engine answers");
    }

    private static synchronized boolean answers() {
        if (answers == null) {
            answers = DockerClientFactory.instance().isDockerAvailable();
            System.out.println(BLOCK.formatted(
                    answers
                            ? "Integration tests in containers of " + System.getProperty("keycloak.image")
                            : "THE CONTAINER TESTS DID NOT RUN: no Docker engine answers. See CONTRIBUTING.md."));
        }
        return answers;
    }
}
