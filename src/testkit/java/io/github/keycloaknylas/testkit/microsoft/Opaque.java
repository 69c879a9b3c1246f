package io.github.keycloaknylas.testkit.microsoft;

import java.security.SecureRandom;
import java.util.Base64;

/** Random strings that mean nothing by themselves. */
final class Opaque {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Opaque() {}

    static String random(String prefix, int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return (prefix + Base64.getUrlEncoder().encodeToString(bytes)).substring(0, length);
    }
}
