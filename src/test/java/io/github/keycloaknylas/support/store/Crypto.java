package io.github.keycloaknylas.support.store;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import javax.crypto.Cipher;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.common.crypto.CryptoProvider;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.alg.DirectAlgorithmProvider;
import org.keycloak.jose.jwe.alg.JWEAlgorithmProvider;

/** The part of Keycloak's crypto provider that sealing needs, which is the JDK's own cipher. */
public final class Crypto {

    private Crypto() {}

    public static void use() {
        CryptoProvider provider = mock(CryptoProvider.class, withSettings().stubOnly());
        when(provider.getAlgorithmProvider(eq(JWEAlgorithmProvider.class), any()))
                .thenAnswer(
                        call -> JWEConstants.DIRECT.equals(call.getArgument(1)) ? new DirectAlgorithmProvider() : null);
        try {
            when(provider.getAesGcmCipher()).thenAnswer(call -> Cipher.getInstance("AES/GCM/NoPadding"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        CryptoIntegration.setProvider(provider);
    }
}
