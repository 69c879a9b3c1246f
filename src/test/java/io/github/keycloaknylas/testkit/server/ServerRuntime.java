package io.github.keycloaknylas.testkit.server;

/** Where the tests' Keycloak runs; the system property {@code keycloak.runtime} says so. */
public enum ServerRuntime {
    /** The distribution, as a child process. */
    DISTRIBUTION,
    /** A container of the image, on a Docker engine. */
    CONTAINER;

    static final String PROPERTY = "keycloak.runtime";

    public static ServerRuntime chosen() {
        String name = System.getProperty(PROPERTY, "distribution");
        for (ServerRuntime runtime : values()) {
            if (runtime.name().equalsIgnoreCase(name)) {
                return runtime;
            }
        }
        throw new ServerFailure("The system property " + PROPERTY + " is '" + name
                + "'; it may be 'distribution' (the default) or 'container'.");
    }
}
