package io.github.keycloaknylas.testkit.nylas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request to a webhook's URL, genuine or forged.
 *
 * @param method {@code POST} for a notification
 * @param url where it is sent
 * @param headers by name
 * @param body the bytes as sent
 */
public record WebhookRequest(String method, URI url, Map<String, String> headers, byte[] body) {

    /** Nylas' name of the header with the signature. */
    public static final String SIGNATURE = "X-Nylas-Signature";

    /**
     * A notification without a signature.
     *
     * @param url where it is sent
     * @param body any bytes, for instance those of {@link Notification#body()}
     * @return the request, as {@code application/json}
     */
    public static WebhookRequest post(URI url, byte[] body) {
        return new WebhookRequest("POST", url, Map.of("Content-Type", "application/json"), body);
    }

    /**
     * Signs the body as Nylas does: in lower-case hex, HMAC-SHA256 over the bytes as sent. So compress first.
     *
     * @param secret the webhook's secret, or a wrong one
     * @return the same request with the header {@link #SIGNATURE}
     */
    public WebhookRequest signedWith(Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return with(SIGNATURE, HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the same request with the body as gzip, and the header that says so; a signature is not changed} */
    public WebhookRequest compressed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WebhookRequest(method, url, headers, bytes.toByteArray()).with("Content-Encoding", "gzip");
    }

    /**
     * Sets a header.
     *
     * @param name such as {@link #SIGNATURE}
     * @param value replaces an earlier one; null removes it
     * @return the changed request
     */
    public WebhookRequest with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        return new WebhookRequest(method, url, changed, body);
    }
}
