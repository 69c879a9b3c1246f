package io.github.keycloaknylas.capture;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.keycloak.jose.jwe.JWE;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.JWEException;
import org.keycloak.jose.jwe.JWEHeader;
import org.keycloak.jose.jwe.JWEKeyStorage;

/**
 * Encrypts named texts as compact JWE, {@code dir} with AES-GCM. Failures have no cause: it could quote what could not
 * be read.
 */
final class SealedContent {

    // Escaped, since UTF-8 cannot encode the lone surrogates that a subject may contain.
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private SealedContent() {}

    static Optional<String> encrypt(SealKey key, Map<String, String> content) {
        try {
            JWE jwe = new JWE()
                    .header(new JWEHeader(JWEConstants.DIRECT, key.encryption(), null, key.id()))
                    .content(JSON.writeValueAsBytes(content));
            jwe.getKeyStorage().setCEKKey(key.secret(), JWEKeyStorage.KeyUse.ENCRYPTION);
            return Optional.of(jwe.encodeJwe());
        } catch (JWEException | IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Map<String, String>> decrypt(SealKey key, String text) {
        try {
            JWE jwe = new JWE();
            jwe.getKeyStorage().setCEKKey(key.secret(), JWEKeyStorage.KeyUse.ENCRYPTION);
            jwe.verifyAndDecodeJwe(text);
            return Optional.of(JSON.readValue(jwe.getContent(), new TypeReference<>() {}));
        } catch (JWEException | IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
