package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;
import java.util.Locale;

/**
 * A webhook of an application. Its {@link #toString()} does not show the secret.
 *
 * @param id the webhook's ID
 * @param settings what its owner chose
 * @param secret signs its notifications
 * @param status whether it receives any
 * @param statusUpdatedAt last change of the status
 * @param createdAt its registration
 * @param updatedAt last change of any kind
 */
public record Webhook(
        String id,
        WebhookSettings settings,
        Secret secret,
        Status status,
        Instant statusUpdatedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The documented values of {@code status}. */
    public enum Status {
        /** Receives notifications. */
        ACTIVE,
        /** Stopped by its owner: receives nothing. */
        PAUSE,
        /** Most deliveries failed of late: still receives notifications. */
        FAILING,
        /** Stopped by Nylas: receives nothing until its owner activates it again. */
        FAILED;

        /** {@return the value in JSON} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Tells whether a notification goes to this webhook.
     *
     * @param triggerType such as {@code grant.expired}
     * @return true if the webhook asked for this type and its status admits deliveries
     */
    public boolean receives(String triggerType) {
        return (status == Status.ACTIVE || status == Status.FAILING)
                && settings.triggerTypes().contains(triggerType);
    }

    Webhook with(WebhookSettings chosen, Instant now) {
        return new Webhook(id, chosen, secret, status, statusUpdatedAt, createdAt, now);
    }

    Webhook with(Status chosen, Instant now) {
        return new Webhook(id, settings, secret, chosen, chosen == status ? statusUpdatedAt : now, createdAt, now);
    }

    Webhook with(Secret other, Instant now) {
        return new Webhook(id, settings, other, status, statusUpdatedAt, createdAt, now);
    }
}
