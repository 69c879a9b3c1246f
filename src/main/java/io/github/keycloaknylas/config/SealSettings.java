package io.github.keycloaknylas.config;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;

/**
 * The keys that seal refresh tokens at rest: {@code spi-nylas-seal-key--<key id>--secret} holds one, {@code
 * spi-nylas-seal--default--key-id} names the one in use. Old keys can be used for as long as their options are set.
 */
public final class SealSettings {

    private static final Pattern KEY_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    private static final int KEY_BYTES = 32;

    private SealSettings() {}

    /** Id of the server key that seals new tokens. */
    public static String activeKeyId() {
        return Config.scope("nylas-seal", "default").get("key-id", "default");
    }

    /**
     * Returns a server key by its ID.
     *
     * @throws IllegalStateException if the option is set but is not base64 of 32 bytes; the message does not contain
     *     the key
     */
    public static Optional<byte[]> key(KeycloakSession session, String id) {
        if (id == null || !KEY_ID.matcher(id).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(Config.scope("nylas-seal-key", id).get("secret"))
                .flatMap(value -> Secrets.resolve(session, value))
                .map(value -> decode(id, value));
    }

    /**
     * Returns whether the realm's own AES key may seal tokens. It is stored in the same database as what it seals, so
     * in production this takes an explicit choice of the administrator.
     */
    public static boolean realmKeyAllowed() {
        return Config.scope("nylas-seal", "default").getBoolean("realm-key", Environment.isDevMode());
    }

    private static byte[] decode(String id, String value) {
        try {
            byte[] key = Base64.getDecoder().decode(value);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // falls through: the cause would quote the key
        }
        throw new IllegalStateException("The option spi-nylas-seal-key--" + id + "--secret must be 32 random bytes in"
                + " base64, as 'openssl rand -base64 32' prints them.");
    }
}
