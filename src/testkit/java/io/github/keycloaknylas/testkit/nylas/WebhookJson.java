package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;

/** A webhook in JSON. The OpenAPI gives each operation a different set of fields. */
final class WebhookJson {

    private WebhookJson() {}

    static ObjectNode created(Webhook webhook) {
        return listed(webhook).put("webhook_secret", webhook.secret().value());
    }

    static ObjectNode rotated(Webhook webhook) {
        return base(webhook).put("webhook_secret", webhook.secret().value());
    }

    static ObjectNode listed(Webhook webhook) {
        return base(webhook).put("compressed_delivery", webhook.settings().compressedDelivery());
    }

    static ObjectNode found(Webhook webhook) {
        return times(base(webhook), webhook);
    }

    static ObjectNode updated(Webhook webhook) {
        return times(listed(webhook), webhook);
    }

    private static ObjectNode base(Webhook webhook) {
        WebhookSettings settings = webhook.settings();
        ObjectNode json = Json.object()
                .put("id", webhook.id())
                .put("description", settings.description())
                .put("webhook_url", settings.url().toString())
                .put("status", webhook.status().code());
        json.set("trigger_types", Json.strings(settings.triggerTypes()));
        json.set("notification_email_addresses", Json.strings(settings.notificationEmailAddresses()));
        return json;
    }

    private static ObjectNode times(ObjectNode json, Webhook webhook) {
        return json.put("status_updated_at", webhook.statusUpdatedAt().getEpochSecond())
                .put("created_at", webhook.createdAt().getEpochSecond())
                .put("updated_at", webhook.updatedAt().getEpochSecond());
    }
}
