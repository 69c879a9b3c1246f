package io.github.keycloaknylas.model;

/** One event. Its text is what a failing case prints; one that does not apply where it stands does nothing. */
interface Step {

    void run(Simulation simulation);
}
