package io.github.keycloaknylas.claims;

import io.github.keycloaknylas.ledger.ShownGrant;

/** Grants as the ledger shows them to tokens. */
final class GrantRows {

    private GrantRows() {}

    static ShownGrant connected(String alias, String grantId, String email) {
        return new ShownGrant(alias, grantId, email, true);
    }

    static ShownGrant reconnect(String alias, String grantId) {
        return new ShownGrant(alias, grantId, "ada@example.com", false);
    }
}
