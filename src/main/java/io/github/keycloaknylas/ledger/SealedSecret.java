package io.github.keycloaknylas.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * The secret of a webhook as stored in the database.
 *
 * @param text compact JWE
 * @param keyId ID of the key that sealed it
 */
@Embeddable
public record SealedSecret(
        @Column(name = "SEALED_SECRET", length = 4000) String text,
        @Column(name = "SEAL_KEY_ID", length = 255) String keyId) {

    @Override
    public String toString() {
        return "SealedSecret[key " + keyId + "]";
    }
}
