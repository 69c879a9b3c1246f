package io.github.keycloaknylas.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request body as it arrived. Nylas signs these bytes, the compressed ones if it compresses (Nylas: "Compressed
 * notifications").
 *
 * @param bytes never changed
 * @param signature the header, or null
 * @param encoding the header, or null
 */
record SignedBody(byte[] bytes, String signature, String encoding) {

    /** Twice the largest notification, which is 1 MB (Nylas: "Webhook payload size"). */
    static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";

    boolean isTooLarge() {
        return bytes.length > MOST_BYTES;
    }

    /** Compares with the signature of each secret, in a time that does not depend on how much of it agrees. */
    boolean isSignedWithOneOf(List<String> secrets) {
        if (signature == null) {
            return false;
        }
        String given = signature.trim().toLowerCase(Locale.ROOT);
        byte[] claimed =
                (given.startsWith(PREFIX) ? given.substring(PREFIX.length()) : given).getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String secret : secrets) {
            matches |= MessageDigest.isEqual(hmac(secret).getBytes(StandardCharsets.UTF_8), claimed);
        }
        return matches;
    }

    private String hmac(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the text that was signed.
     *
     * @throws UnreadableBodyException if it is too large when inflated, or not what the encoding names
     */
    byte[] content() throws UnreadableBodyException {
        String name = encoding == null ? "" : encoding.trim().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> bytes;
            case "gzip", "x-gzip" -> inflated();
            default -> throw new UnreadableBodyException(Answer.UNKNOWN_ENCODING);
        };
    }

    private byte[] inflated() throws UnreadableBodyException {
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] content = plain.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new UnreadableBodyException(Answer.TOO_LARGE);
            }
            return content;
        } catch (IOException e) {
            throw new UnreadableBodyException(Answer.UNKNOWN_ENCODING);
        }
    }

    /** Omits everything that came from outside. */
    @Override
    public String toString() {
        return "SignedBody[" + bytes.length + " bytes]";
    }
}
