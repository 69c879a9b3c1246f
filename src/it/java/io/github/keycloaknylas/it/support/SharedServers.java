package io.github.keycloaknylas.it.support;

/** The servers that test classes share, in the order in which they start and in which the classes run. */
public enum SharedServers {
    H2(Stage::keycloak),
    POSTGRES(PostgresStage::keycloak),
    SEARCHABLE(SearchableStage::keycloak),
    MARIADB(MariaStage::keycloak),
    DEMO(DemoStage::demo),
    STATEMENTS(StatementStage::keycloak);

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
