package io.github.keycloaknylas.nylas;

/**
 * The secret of a webhook, which Nylas returns once.
 *
 * @param webhookId Nylas' ID of the webhook
 * @param value the secret; never printed
 */
public record WebhookSecret(String webhookId, String value) {

    @Override
    public String toString() {
        return "WebhookSecret[" + webhookId + "]";
    }
}
