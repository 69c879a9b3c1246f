package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.Mailbox;

/** An account at Microsoft as one realm knows it, under whatever alias its provider has. */
record Account(String realm, String name) {

    Mailbox mailbox(Simulation simulation) {
        return new Mailbox(realm, simulation.alias(realm), name);
    }
}
