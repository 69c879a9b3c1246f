package io.github.keycloaknylas.capture;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.keycloak.jose.jwe.JWE;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.JWEException;
import org.keycloak.jose.jwe.JWEHeader;
import org.keycloak.jose.jwe.JWEKeyStorage;
import org.keycloak.models.KeycloakSession;

/**
 * Seals refresh tokens while they wait: compact JWE, {@code dir} with AES-GCM. The plaintext names the mailbox and
 * opening checks it, so that a ciphertext cannot be moved to another row.
 */
public final class Seal {

    // Escaped, since UTF-8 cannot encode the lone surrogates that a subject may contain.
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String REALM = "realm";
    private static final String ALIAS = "alias";
    private static final String SUBJECT = "subject";
    private static final String TOKEN = "token";

    private Seal() {}

    /**
     * Returns why no token of this realm can be sealed now. Changes nothing.
     *
     * @param session bound to the realm
     * @return the problem and the next step, for an administrator and without a secret; empty if a token can be sealed
     */
    public static Optional<String> problem(KeycloakSession session) {
        return SealKey.problem(session);
    }

    /**
     * Seals a token.
     *
     * @param session bound to the mailbox's realm
     * @param capturedAt time of the capture, in milliseconds since the epoch
     * @throws SealException if there is no key to seal with; the message names the next step
     */
    static SealedToken seal(KeycloakSession session, Mailbox mailbox, String token, long capturedAt) {
        SealKey key = SealKey.active(session);
        try {
            JWE jwe = new JWE()
                    .header(new JWEHeader(JWEConstants.DIRECT, key.encryption(), null, key.id()))
                    .content(JSON.writeValueAsBytes(Map.of(
                            REALM,
                            mailbox.realmId(),
                            ALIAS,
                            mailbox.alias(),
                            SUBJECT,
                            mailbox.subject(),
                            TOKEN,
                            token)));
            jwe.getKeyStorage().setCEKKey(key.secret(), JWEKeyStorage.KeyUse.ENCRYPTION);
            return new SealedToken(jwe.encodeJwe(), key.id(), capturedAt);
        } catch (JWEException | IOException e) {
            throw new SealException("The token could not be sealed with key '" + key.id() + "'.");
        }
    }

    /**
     * Opens a sealed token.
     *
     * @param session bound to the mailbox's realm
     * @throws SealException if the token belongs to another mailbox or its key, which the message names, is missing
     */
    public static String open(KeycloakSession session, Mailbox mailbox, SealedToken sealed) {
        SealKey key = SealKey.byId(session, sealed.keyId())
                .orElseThrow(() -> new SealException("The seal key '" + sealed.keyId()
                        + "' is gone. Put it back: tokens that it sealed are still waiting."));
        Map<String, String> content = decrypt(key, sealed);
        boolean ours = mailbox.realmId().equals(content.get(REALM))
                && mailbox.alias().equals(content.get(ALIAS))
                && mailbox.subject().equals(content.get(SUBJECT));
        return Optional.ofNullable(content.get(TOKEN))
                .filter(token -> ours)
                .orElseThrow(() -> new SealException("The sealed token belongs to a different mailbox than its row."));
    }

    /**
     * Seals a token again after its mailbox was renamed.
     *
     * @throws SealException as {@link #open}
     */
    public static SealedToken move(KeycloakSession session, SealedToken sealed, Mailbox from, Mailbox to) {
        return seal(session, to, open(session, from, sealed), sealed.capturedAt());
    }

    private static Map<String, String> decrypt(SealKey key, SealedToken sealed) {
        try {
            JWE jwe = new JWE();
            jwe.getKeyStorage().setCEKKey(key.secret(), JWEKeyStorage.KeyUse.ENCRYPTION);
            jwe.verifyAndDecodeJwe(sealed.text());
            return JSON.readValue(jwe.getContent(), new TypeReference<>() {});
        } catch (JWEException | IOException | IllegalStateException e) {
            // Without the cause, which could quote what it could not read.
            throw new SealException("The sealed token does not open with key '" + key.id() + "'.");
        }
    }
}
