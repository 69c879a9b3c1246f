package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.config.Digests;

/**
 * What a grant belongs to: one account at one identity provider of one realm.
 *
 * @param realmId id of the realm
 * @param alias alias of the identity provider
 * @param subject the broker's user id, compared exactly: subjects may differ by case alone
 */
public record Mailbox(String realmId, String alias, String subject) {

    /** The unique key of the ledger. Hashed, since database collations may ignore case and subjects may be long. */
    public String hash() {
        return Digests.sha256(realmId, alias, subject);
    }
}
