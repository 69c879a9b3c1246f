package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.ledger.SealedSecret;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/**
 * Seals the secrets of webhooks with the key that seals refresh tokens. The plaintext names the webhook and opening
 * checks it, so that a ciphertext cannot be moved to another row.
 */
public final class WebhookSeal {

    private static final String WEBHOOK = "webhook";
    private static final String SECRET = "secret";

    private WebhookSeal() {}

    /**
     * Seals a secret.
     *
     * @param session bound to the realm of the webhook
     * @param webhookId primary key of the webhook
     * @param secret as Nylas returned it
     * @throws SealException if there is no key to seal with
     */
    public static SealedSecret seal(KeycloakSession session, String webhookId, String secret) {
        SealKey key = SealKey.active(session);
        return SealedContent.encrypt(key, Map.of(WEBHOOK, webhookId, SECRET, secret))
                .map(text -> new SealedSecret(text, key.id()))
                .orElseThrow(
                        () -> new SealException("The webhook secret could not be sealed with key '" + key.id() + "'."));
    }

    /**
     * Opens a sealed secret.
     *
     * @param session bound to the realm of the webhook
     * @param webhookId primary key of the webhook
     * @throws SealException if the secret belongs to another webhook or its key, which the message names, is missing
     */
    public static String open(KeycloakSession session, String webhookId, SealedSecret sealed) {
        return SealKey.byId(session, sealed.keyId())
                .flatMap(key -> SealedContent.decrypt(key, sealed.text()))
                .filter(content -> webhookId.equals(content.get(WEBHOOK)))
                .map(content -> content.get(SECRET))
                .orElseThrow(() ->
                        new SealException("The webhook secret does not open with seal key '" + sealed.keyId() + "'."));
    }
}
