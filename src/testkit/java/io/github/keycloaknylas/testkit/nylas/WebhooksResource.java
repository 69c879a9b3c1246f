package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/**
 * {@code /v3/webhooks}, {@code /v3/webhooks/{id}} and {@code /v3/webhooks/rotate-secret/{id}}. Unlike elsewhere,
 * an unknown ID is a 400.
 */
final class WebhooksResource {

    private final WebhookChallenge challenge;
    private final Behaviour behaviour;
    private final Clock clock;

    WebhooksResource(WebhookChallenge challenge, Behaviour behaviour, Clock clock) {
        this.challenge = challenge;
        this.behaviour = behaviour;
        this.clock = clock;
    }

    Response create(Call call) {
        Webhooks webhooks = call.application().webhooks();
        WebhookSettings settings = new WebhookBody(call.body()).over(WebhookSettings.NONE);
        if (settings.url() == null || settings.triggerTypes().isEmpty()) {
            throw NylasError.payload("trigger_types and webhook_url are required.");
        }
        webhooks.requireUnused(settings.url(), "");
        challenge.pass(settings.url());
        return call.data(200, WebhookJson.created(webhooks.add(settings)));
    }

    static Response list(Call call) {
        return call.data(
                200,
                Json.array(call.application().webhooks().all().stream()
                        .map(WebhookJson::listed)
                        .toList()));
    }

    static Response get(Call call) {
        return call.data(200, WebhookJson.found(known(call, call.path().get(1))));
    }

    Response update(Call call) {
        Webhook present = known(call, call.path().get(1));
        WebhookBody body = new WebhookBody(call.body());
        WebhookSettings settings = body.over(present.settings());
        Webhook.Status status = body.status().orElse(present.status());
        URI url = settings.url();
        call.application().webhooks().requireUnused(url, present.id());
        boolean activated = status == Webhook.Status.ACTIVE && present.status() != Webhook.Status.ACTIVE;
        if (activated || !url.equals(present.settings().url())) {
            challenge.pass(url);
        }
        Instant now = clock.instant();
        return call.application()
                .webhooks()
                .change(present.id(), webhook -> webhook.with(settings, now).with(status, now))
                .map(webhook -> call.data(200, WebhookJson.updated(webhook)))
                .orElseThrow(WebhooksResource::unknown);
    }

    static Response delete(Call call) {
        call.application().webhooks().remove(call.path().get(1)).orElseThrow(WebhooksResource::unknown);
        return call.data(200, Json.object().put("status", "success"));
    }

    Response rotateSecret(Call call) {
        Webhook rotated = call.application()
                .webhooks()
                .change(call.path().get(2), webhook -> webhook.with(Webhooks.newSecret(), clock.instant()))
                .orElseThrow(WebhooksResource::unknown);
        return behaviour.rotatedSecretOnTop
                ? Response.json(
                        200,
                        call.success().put("webhook_secret", rotated.secret().value()))
                : call.data(200, WebhookJson.rotated(rotated));
    }

    private static Webhook known(Call call, String id) {
        return call.application().webhooks().find(id).orElseThrow(WebhooksResource::unknown);
    }

    private static NylasError unknown() {
        return NylasError.of(400, "70000", "destination.id.not.found : record not found");
    }
}
