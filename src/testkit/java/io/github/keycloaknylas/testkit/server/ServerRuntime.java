package io.github.keycloaknylas.testkit.server;

/**
 * Where the tests' Keycloak runs. The system property {@code keycloak.runtime} is {@code distribution} (the default),
 * {@code container}, or {@code available}: a container if a Docker engine answers, else the distribution.
 */
public enum ServerRuntime {
    /** The distribution, as a child process. */
    DISTRIBUTION,
    /** A container of the image, on a Docker engine. */
    CONTAINER;

    static final String PROPERTY = "keycloak.runtime";

    /**
     * {@return the value of the system property}
     *
     * @throws ServerFailure if it has any other value
     */
    public static ServerRuntime chosen() {
        String name = System.getProperty(PROPERTY, "distribution");
        if (name.equalsIgnoreCase("available")) {
            return AvailableRuntime.FOUND;
        }
        for (ServerRuntime runtime : values()) {
            if (runtime.name().equalsIgnoreCase(name)) {
                return runtime;
            }
        }
        throw new ServerFailure("The system property " + PROPERTY + " is '" + name
                + "'; it may be 'distribution' (the default), 'container' or 'available'.");
    }
}
