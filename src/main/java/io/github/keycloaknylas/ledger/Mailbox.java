package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.hashing.Digests;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;

/**
 * One account at one identity provider of one realm, for which a grant is made.
 *
 * @param realmId ID of the realm
 * @param alias alias of the identity provider; null for a grant that was made without one
 * @param subject the broker's user ID, compared exactly: subjects may differ by case alone; null like the alias
 */
@Embeddable
public record Mailbox(
        @Column(name = "REALM_ID", length = 255, nullable = false)
        String realmId,

        @Column(name = "ALIAS", length = 2000) @Convert(converter = EscapedText.class)
        String alias,

        @Column(name = "SUBJECT", length = 2000) @Convert(converter = EscapedText.class)
        String subject) {

    /** The unique key of the ledger. Hashed, since database collations may ignore case and subjects may be long. */
    public String hash() {
        return Digests.sha256(realmId, alias, subject);
    }

    /** Key of the identity provider, or null for a grant that was made without one. */
    String providerHash() {
        return alias == null ? null : providerHash(realmId, alias);
    }

    static String providerHash(String realmId, String alias) {
        return Digests.sha256(realmId, alias);
    }

    /**
     * The lane in which a token waits: rows of one lane need the same provider, mapper, connection and seal key, so
     * what is missing for one is missing for all of them.
     */
    String lane(String sealKeyId) {
        return Digests.sha256(realmId, alias, sealKeyId);
    }
}
