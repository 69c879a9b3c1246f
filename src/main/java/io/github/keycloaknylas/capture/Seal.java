package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Seals refresh tokens while they wait: compact JWE, {@code dir} with AES-GCM. The plaintext names the mailbox and
 * opening checks it, so that a ciphertext cannot be moved to another row.
 */
public final class Seal {

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
        return SealedContent.encrypt(
                        key,
                        Map.of(
                                REALM,
                                mailbox.realmId(),
                                ALIAS,
                                mailbox.alias(),
                                SUBJECT,
                                mailbox.subject(),
                                TOKEN,
                                token))
                .map(text -> new SealedToken(text, key.id(), capturedAt))
                .orElseThrow(() -> new SealException("The token could not be sealed with key '" + key.id() + "'."));
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
        return SealedContent.decrypt(key, sealed.text())
                .orElseThrow(() -> new SealException("The sealed token does not open with key '" + key.id() + "'."));
    }
}
