package io.github.keycloaknylas.testkit.nylas;

import java.net.URI;

/**
 * One request to one webhook, and its answer.
 *
 * @param request what was sent; {@link Notifications#send} can send it again
 * @param response what was answered
 * @param webhookId the webhook; null for a request that a test sent itself
 * @param notification the notification; null for a request that a test sent itself
 */
public record Delivery(WebhookRequest request, WebhookResponse response, String webhookId, Notification notification) {

    /** {@return where it was sent} */
    public URI url() {
        return request.url();
    }

    /** {@return the trigger type; empty for a request that a test sent itself} */
    public String type() {
        return notification == null ? "" : notification.type();
    }

    /** {@return 1 to 3; 0 for a request that a test sent itself} */
    public int attempt() {
        return notification == null ? 0 : notification.attempt();
    }

    /** {@return the HTTP status of the answer; 0 without an answer} */
    public int status() {
        return response.status();
    }

    @Override
    public String toString() {
        return "%s #%d -> %s %s".formatted(type(), attempt(), url(), status() == 0 ? response.failure() : status());
    }
}
