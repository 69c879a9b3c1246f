package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.hashing.Digests;

/** Key of a user of a realm. Hashed, since database collations may ignore the case that IDs of federated users need. */
final class UserHash {

    private UserHash() {}

    static String of(String realmId, String userId) {
        return Digests.sha256(realmId, userId);
    }
}
