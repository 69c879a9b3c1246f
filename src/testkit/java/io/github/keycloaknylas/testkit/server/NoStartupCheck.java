package io.github.keycloaknylas.testkit.server;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Lets Testcontainers continue as soon as the container exists: the fixture waits by itself, at each start alike. */
final class NoStartupCheck extends StartupCheckStrategy {

    @Override
    public StartupStatus checkStartupState(DockerClient client, String container) {
        return StartupStatus.SUCCESSFUL;
    }

    static final class Readiness extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {}
    }
}
