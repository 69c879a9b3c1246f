package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;
import java.util.Set;

/**
 * A notification that Nylas sends to webhooks.
 *
 * @param id the event's ID, the same for each attempt, copy and webhook
 * @param time when the event occurred
 * @param event what happened
 * @param webhookIds the webhooks that asked for this type when it happened
 * @param attempt 1 to 3
 */
public record Notification(String id, Instant time, GrantEvent event, Set<String> webhookIds, int attempt) {

    static final int MAX_ATTEMPTS = 3;

    public Notification {
        webhookIds = Set.copyOf(webhookIds);
    }

    /** {@return the trigger type, such as {@code grant.expired}} */
    public String type() {
        return event.kind().triggerType();
    }

    /** {@return the envelope as uncompressed JSON, always the same bytes} */
    public byte[] body() {
        return NotificationJson.of(this);
    }

    Notification retried() {
        return new Notification(id, time, event, webhookIds, attempt + 1);
    }
}
