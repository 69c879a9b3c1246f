package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.Mailbox;

/** An account at Microsoft as one realm knows it, under whatever alias its provider has. */
record Account(String realm, String name) {

    Mailbox mailbox(World world) {
        return new Mailbox(realm, world.alias(realm), name);
    }
}
