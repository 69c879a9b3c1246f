package io.github.keycloaknylas.testkit.nylas;

import java.net.URI;
import java.util.List;

/**
 * What the owner of an application chooses for a webhook.
 *
 * @param description a text for people, may be empty
 * @param triggerTypes such as {@code grant.expired}
 * @param url where notifications are sent; with {@code http} or {@code https}
 * @param notificationEmailAddresses who gets a mail when deliveries fail; the fake sends none
 * @param compressedDelivery true to send bodies as gzip
 */
public record WebhookSettings(
        String description,
        List<String> triggerTypes,
        URI url,
        List<String> notificationEmailAddresses,
        boolean compressedDelivery) {

    static final WebhookSettings NONE = new WebhookSettings("", List.of(), null, List.of(), false);

    public WebhookSettings {
        triggerTypes = List.copyOf(triggerTypes);
        notificationEmailAddresses = List.copyOf(notificationEmailAddresses);
    }

    /**
     * Settings with a URL and trigger types only.
     *
     * @param url where notifications are sent
     * @param triggerTypes such as {@code grant.expired}
     * @return the settings, for uncompressed deliveries
     */
    public static WebhookSettings of(URI url, String... triggerTypes) {
        return new WebhookSettings("", List.of(triggerTypes), url, List.of(), false);
    }

    /** {@return the same settings, with bodies sent as gzip} */
    public WebhookSettings compressed() {
        return new WebhookSettings(description, triggerTypes, url, notificationEmailAddresses, true);
    }
}
