package io.github.keycloaknylas.testkit.server;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** One private key for all test realms: Keycloak would make two for each, which takes a fresh server seconds. */
final class RealmKey {

    private static final String BASE64 = make();

    private RealmKey() {}

    /** PKCS #8, as a realm representation has it. */
    static String base64() {
        return BASE64;
    }

    private static String make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
