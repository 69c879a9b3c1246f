package io.github.keycloaknylas.ledger;

/**
 * A refresh token as stored in the database.
 *
 * @param text compact JWE
 * @param keyId ID of the key that sealed it
 * @param capturedAt when the login supplied it, in milliseconds since the epoch
 */
public record SealedToken(String text, String keyId, long capturedAt) {

    @Override
    public String toString() {
        return "SealedToken[key " + keyId + ", captured at " + capturedAt + "]";
    }
}
