package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The body of a request that creates or changes a webhook; fields that are empty change nothing. */
record WebhookBody(ObjectNode json) {

    private static final Set<String> GRANT_TRIGGERS =
            Set.of("grant.created", "grant.updated", "grant.expired", "grant.deleted", "grant.imap_sync_completed");

    WebhookSettings over(WebhookSettings present) {
        return new WebhookSettings(
                text("description").orElse(present.description()),
                strings("trigger_types").map(WebhookBody::known).orElse(present.triggerTypes()),
                text("webhook_url").map(WebhookBody::url).orElse(present.url()),
                strings("notification_email_addresses").orElse(present.notificationEmailAddresses()),
                flag("compressed_delivery").orElse(present.compressedDelivery()));
    }

    /** The owner chooses between two statuses only; Nylas sets the others. */
    Optional<Webhook.Status> status() {
        return text("status").map(code -> switch (code) {
            case "active" -> Webhook.Status.ACTIVE;
            case "pause" -> Webhook.Status.PAUSE;
            default -> throw NylasError.payload("status must be active or pause.");
        });
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(Call.text(json, field)).filter(value -> !value.isEmpty());
    }

    private Optional<Boolean> flag(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw NylasError.payload(field + " must be true or false.");
        }
        return Optional.of(value.asBoolean());
    }

    private Optional<List<String>> strings(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray() || StreamSupport.stream(value.spliterator(), false).anyMatch(item -> !item.isTextual())) {
            throw NylasError.payload(field + " must be a list of strings.");
        }
        return Optional.of(StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList())
                .filter(items -> !items.isEmpty());
    }

    private static List<String> known(List<String> triggerTypes) {
        for (String type : triggerTypes) {
            if (type.startsWith("grant.") && !GRANT_TRIGGERS.contains(type)) {
                throw NylasError.payload("Unknown trigger type " + type + ".");
            }
        }
        return triggerTypes;
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw NylasError.payload("webhook_url is not a URL.");
        }
        throw NylasError.payload("webhook_url must be an absolute http or https URL.");
    }
}
