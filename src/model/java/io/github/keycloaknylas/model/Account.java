package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.Mailbox;

/** An account at Microsoft as one realm knows it. */
record Account(String realm, String name) {

    Mailbox mailbox() {
        return new Mailbox(realm, World.ALIAS, name);
    }
}
