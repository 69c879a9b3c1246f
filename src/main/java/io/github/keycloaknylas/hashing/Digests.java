package io.github.keycloaknylas.hashing;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 hashes in lower-case hex. */
public final class Digests {

    private Digests() {}

    /** Hashes several texts in this order, each preceded by its length, so that no two lists of texts run together. */
    public static String sha256(String... texts) {
        MessageDigest digest = digest();
        for (String text : texts) {
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * text.length());
            // Character by character, because an encoder would turn every lone surrogate into the same question mark.
            bytes.putInt(text.length()).asCharBuffer().put(text);
            digest.update(bytes.rewind());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Hashes bytes as they are. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
