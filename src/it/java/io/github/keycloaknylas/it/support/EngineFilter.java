package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.ServerRuntime;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.testcontainers.DockerClientFactory;

/**
 * Lets each integration test run on containers if a Docker engine answers, and on the distribution if none does; what
 * needs the distribution runs there anyhow, and the main path on both. Says which it is. JUnit finds it by name.
 */
public final class EngineFilter implements PostDiscoveryFilter {

    private static final String BLOCK = """

            ********************************************************************************
            *** %s
            ********************************************************************************
            """;

    private static final List<TestTag> ALWAYS_ON_THE_DISTRIBUTION =
            List.of(TestTag.create("distribution"), TestTag.create("main-path"));

    private static Boolean answers;

    @Override
    public FilterResult apply(TestDescriptor test) {
        if (System.getProperty("keycloak.runtime") == null) {
            return FilterResult.included("it is no integration test");
        }
        boolean onContainers = ServerRuntime.chosen() == ServerRuntime.CONTAINER;
        return FilterResult.includedIf(
                answers() ? onContainers || staysOnTheDistribution(test) : !onContainers,
                () -> "it runs here",
                () -> onContainers ? "no Docker engine answers" : "it runs on containers");
    }

    // A class may have methods of either kind, so only methods are told apart.
    private static boolean staysOnTheDistribution(TestDescriptor test) {
        return !(test.getSource().orElse(null) instanceof MethodSource)
                || ALWAYS_ON_THE_DISTRIBUTION.stream().anyMatch(test.getTags()::contains);
    }

    private static synchronized boolean answers() {
        if (answers == null) {
            answers = !Boolean.getBoolean("skip.container.tests")
                    && DockerClientFactory.instance().isDockerAvailable();
            System.out.println(BLOCK.formatted(message()));
        }
        return answers;
    }

    private static String message() {
        if (ServerRuntime.chosen() == ServerRuntime.CONTAINER) {
            return answers
                    ? "Integration tests on containers of " + System.getProperty("keycloak.image")
                    : "THE CONTAINER TESTS DID NOT RUN: no Docker engine answers. See CONTRIBUTING.md.";
        }
        return answers
                ? "Tests that need the distribution, on it. A Docker engine answers: the others run on containers later."
                : "Integration tests on the distribution";
    }
}
