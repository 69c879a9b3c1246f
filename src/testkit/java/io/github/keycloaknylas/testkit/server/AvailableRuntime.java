package io.github.keycloaknylas.testkit.server;

import org.testcontainers.DockerClientFactory;

/** Checks once for a Docker engine, and reports what it found. */
final class AvailableRuntime {

    static final ServerRuntime FOUND = find();

    private AvailableRuntime() {}

    private static ServerRuntime find() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            System.out.println("*** A Docker engine answers: Keycloak runs in a container of " + KeycloakImage.name());
            return ServerRuntime.CONTAINER;
        }
        System.out.println("*** NO DOCKER ENGINE ANSWERS: nothing runs in containers; Keycloak runs from "
                + BuildOutput.distribution());
        return ServerRuntime.DISTRIBUTION;
    }
}
