package io.github.keycloaknylas.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Bodies as Nylas sends them. */
final class Bodies {

    private Bodies() {}

    static String notification(String type, String eventId, String grantId) {
        return "{\"specversion\":\"1.0\",\"type\":\"" + type + "\",\"source\":\"/nylas/system\",\"id\":\"" + eventId
                + "\",\"time\":1770000003,\"webhook_delivery_attempt\":1,\"data\":{\"application_id\":\"application-1\","
                + "\"object\":{\"code\":25009,\"grant_id\":\"" + grantId + "\",\"integration_id\":\"int-1\","
                + "\"provider\":\"microsoft\",\"email\":\"ada@contoso.example\"}}}";
    }

    static SignedBody signed(String text, String secret) {
        return signed(text.getBytes(StandardCharsets.UTF_8), secret, null);
    }

    static SignedBody signed(byte[] bytes, String secret, String encoding) {
        return new SignedBody(bytes, hmac(bytes, secret), encoding);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String hmac(byte[] bytes, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
