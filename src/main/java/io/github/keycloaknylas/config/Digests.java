package io.github.keycloaknylas.config;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over several texts, each preceded by its length, so that no two lists of texts run together. */
public final class Digests {

    private Digests() {}

    /** Lower-case hex digest of the texts in this order. */
    public static String sha256(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * text.length());
                // Character by character: an encoder would turn every lone surrogate into the same question mark.
                bytes.putInt(text.length()).asCharBuffer().put(text);
                digest.update(bytes.rewind());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
