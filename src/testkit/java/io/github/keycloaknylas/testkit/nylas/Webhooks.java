package io.github.keycloaknylas.testkit.nylas;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The webhooks of one application. */
public final class Webhooks {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Webhook> webhooks = new LinkedHashMap<>();
    private final Clock clock;

    Webhooks(Clock clock) {
        this.clock = clock;
    }

    /** {@return the registered webhooks, oldest first, with their secrets} */
    public synchronized List<Webhook> all() {
        return List.copyOf(webhooks.values());
    }

    /**
     * Looks a webhook up.
     *
     * @param id its ID
     * @return the webhook, if there is one
     */
    public synchronized Optional<Webhook> find(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    /**
     * Registers an active webhook without a challenge, as one that an administrator made earlier.
     *
     * @param settings its URL and trigger types
     * @return the webhook, with its secret
     * @throws RuntimeException if another webhook has this URL
     */
    public synchronized Webhook add(WebhookSettings settings) {
        requireUnused(settings.url(), "");
        Instant now = clock.instant();
        Webhook webhook = new Webhook(random(20), settings, newSecret(), Webhook.Status.ACTIVE, now, now, now);
        webhooks.put(webhook.id(), webhook);
        return webhook;
    }

    /**
     * Sets a status, for instance one that Nylas sets itself after many failed deliveries.
     *
     * @param id the webhook's ID
     * @param status the new status
     */
    public void status(String id, Webhook.Status status) {
        change(id, webhook -> webhook.with(status, clock.instant()));
    }

    synchronized Optional<Webhook> change(String id, UnaryOperator<Webhook> change) {
        return Optional.ofNullable(webhooks.computeIfPresent(id, (same, webhook) -> change.apply(webhook)));
    }

    synchronized Optional<Webhook> remove(String id) {
        return Optional.ofNullable(webhooks.remove(id));
    }

    /** Each webhook needs a URL of its own (https://developer.nylas.com/docs/v3/notifications/). */
    synchronized void requireUnused(URI url, String exceptBy) {
        if (webhooks.values().stream()
                .anyMatch(other ->
                        other.settings().url().equals(url) && !other.id().equals(exceptBy))) {
            // Which answer Nylas gives is not documented; refusing it reveals the mistake.
            throw NylasError.of(400, "api.invalid_request_error", "Another webhook has this URL.");
        }
    }

    static Secret newSecret() {
        return new Secret(random(15));
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
