package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.SealSettings;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A sealing key: one of the server's options, or the realm's own AES key where that is allowed.
 *
 * @param id {@code server:<key id>} or {@code realm:<kid>}
 * @param encryption the JWE method that takes a key of this length
 */
record SealKey(String id, SecretKey secret, String encryption) {

    static final String SERVER = "server:";
    private static final String REALM = "realm:";

    /**
     * Returns the key that seals new tokens.
     *
     * @throws SealException if there is none; the message names the next step
     */
    static SealKey active(KeycloakSession session) {
        Optional<SealKey> server = byId(session, SERVER + SealSettings.activeKeyId());
        if (server.isPresent()) {
            return server.get();
        }
        requireRealmKeyAllowed();
        RealmModel realm = session.getContext().getRealm();
        KeyWrapper key = session.keys().getActiveKey(realm, KeyUse.ENC, Algorithm.AES);
        return of(REALM + key.getKid(), key.getSecretKey());
    }

    /**
     * Returns why {@link #active} would fail. Changes nothing, whereas asking Keycloak for an active key generates a
     * missing one.
     */
    static Optional<String> problem(KeycloakSession session) {
        try {
            if (byId(session, SERVER + SealSettings.activeKeyId()).isEmpty()) {
                requireRealmKeyAllowed();
                RealmModel realm = session.getContext().getRealm();
                session.keys()
                        .getKeysStream(realm, KeyUse.ENC, Algorithm.AES)
                        .filter(key -> key.getStatus().isActive())
                        .findFirst()
                        .ifPresent(key -> of(REALM + key.getKid(), key.getSecretKey()));
            }
            return Optional.empty();
        } catch (SealException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void requireRealmKeyAllowed() {
        if (!SealSettings.realmKeyAllowed()) {
            throw new SealException(
                    "There is no key to seal refresh tokens with, so none is captured. Start Keycloak with"
                            + " spi-nylas-seal-key--default--secret (32 random bytes in base64). Or choose the realm's"
                            + " own key with spi-nylas-seal--default--realm-key=true: it is stored in the same database"
                            + " as what it seals.");
        }
    }

    static Optional<SealKey> byId(KeycloakSession session, String id) {
        if (id.startsWith(SERVER)) {
            return serverKey(session, id.substring(SERVER.length()))
                    .map(bytes -> of(id, new SecretKeySpec(bytes, "AES")));
        }
        if (id.startsWith(REALM)) {
            RealmModel realm = session.getContext().getRealm();
            return Optional.ofNullable(
                            session.keys().getKey(realm, id.substring(REALM.length()), KeyUse.ENC, Algorithm.AES))
                    .map(key -> of(id, key.getSecretKey()));
        }
        return Optional.empty();
    }

    private static Optional<byte[]> serverKey(KeycloakSession session, String keyId) {
        try {
            return SealSettings.key(session, keyId);
        } catch (IllegalStateException e) {
            throw new SealException(e.getMessage());
        }
    }

    // Keycloak 26.4 generates AES keys of 16 bytes for its realms, 26.7 of 32.
    private static SealKey of(String id, SecretKey key) {
        String encryption = switch (key.getEncoded().length) {
            case 16 -> JWEConstants.A128GCM;
            case 24 -> JWEConstants.A192GCM;
            case 32 -> JWEConstants.A256GCM;
            default ->
                throw new SealException("The key '" + id
                        + "' is not 16, 24 or 32 bytes long. Give the realm's AES key provider one of these, or"
                        + " set spi-nylas-seal-key--default--secret.");
        };
        return new SealKey(id, key, encryption);
    }

    @Override
    public String toString() {
        return "SealKey[" + id + "]";
    }
}
