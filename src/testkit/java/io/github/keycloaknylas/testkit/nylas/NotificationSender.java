package io.github.keycloaknylas.testkit.nylas;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes one attempt: sends a notification to all webhooks that receive it, at the same time. */
final class NotificationSender {

    private final Collection<NylasApplication> applications;
    private final WebhookClient client;
    private final DeliveryJournal journal;

    NotificationSender(Collection<NylasApplication> applications, WebhookClient client, DeliveryJournal journal) {
        this.applications = applications;
        this.client = client;
        this.journal = journal;
    }

    List<Delivery> send(Notification notification) {
        return applications.stream()
                .flatMap(application -> application.webhooks().all().stream())
                .filter(webhook -> notification.webhookIds().contains(webhook.id()))
                .filter(webhook -> webhook.receives(notification.type()))
                .map(webhook -> begin(notification, webhook))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    Delivery send(WebhookRequest request) {
        return recorded(new Delivery(request, client.send(request), null, null));
    }

    /** Signs with the secret of this moment: after a rotation, the old one is never used again. */
    private CompletableFuture<Delivery> begin(Notification notification, Webhook webhook) {
        WebhookRequest plain = WebhookRequest.post(webhook.settings().url(), notification.body());
        WebhookRequest request =
                (webhook.settings().compressedDelivery() ? plain.compressed() : plain).signedWith(webhook.secret());
        return client.begin(request)
                .thenApply(response -> recorded(new Delivery(request, response, webhook.id(), notification)));
    }

    private Delivery recorded(Delivery delivery) {
        journal.add(delivery);
        return delivery;
    }
}
