package io.github.keycloaknylas.testkit.nylas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;

/**
 * Asks a URL to repeat a random text before a webhook becomes active
 * (https://developer.nylas.com/docs/v3/notifications/): once, and with nothing around the text.
 */
final class WebhookChallenge {

    private final WebhookClient client;

    WebhookChallenge(WebhookClient client) {
        this.client = client;
    }

    void pass(URI url) {
        String text = Webhooks.random(24);
        URI asked = URI.create(url + (url.getRawQuery() == null ? "?" : "&") + "challenge=" + text);
        WebhookResponse response = client.send(new WebhookRequest("GET", asked, Map.of(), new byte[0]));
        if (response.failure() != null) {
            throw refused(response.failure());
        }
        if (response.status() != 200) {
            throw refused("status is not ok, got " + response.status());
        }
        if (response.header("transfer-encoding").isPresent()) {
            throw refused("the answer is chunked");
        }
        if (!Arrays.equals(response.body(), text.getBytes(UTF_8))) {
            throw refused("the answer is not the challenge");
        }
    }

    private static NylasError refused(String why) {
        return NylasError.of(400, "70005", "unable.verify.webhook_url : " + why);
    }
}
