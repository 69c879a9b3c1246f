package io.github.keycloaknylas.it.support;

/** The servers that test classes share, in the order in which they start and in which the classes run. */
public enum SharedServers {
    H2(TestEnvironment::keycloak),
    POSTGRES(PostgresEnvironment::keycloak),
    SEARCHABLE(SearchableEnvironment::keycloak),
    MARIADB(MariaEnvironment::keycloak),
    DEMO(SharedDemo::demo),
    STATEMENTS(StatementEnvironment::keycloak);

    private final Runnable start;

    SharedServers(Runnable start) {
        this.start = start;
    }

    /** Returns once it is ready; a failure is kept for the tests that use it. */
    void start() {
        try {
            start.run();
        } catch (RuntimeException e) {
            // The first test that asks for the server gets the same failure.
        }
    }
}
