package io.github.keycloaknylas.nylas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;

/**
 * Manages the webhooks of an application (Nylas API reference: "Webhooks"). As all calls of {@link NylasClient}, these
 * block and never throw.
 */
public final class WebhookClient {

    private static final String PATH = "/v3/webhooks";

    private final Exchange exchange;

    WebhookClient(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Creates a webhook: {@code POST /v3/webhooks}. Before it answers, Nylas reads a challenge from the address. The
     * notifications are sent uncompressed, since those about grants are small.
     *
     * @param key application to call
     * @param url address to send to; no other webhook may have it
     * @param triggers what to send
     * @return the secret to verify signatures with
     */
    public CallResult<WebhookSecret> create(ApiKey key, String url, Collection<String> triggers) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("webhook_url", url)
                .put("description", "keycloak-nylas")
                .put("compressed_delivery", false);
        triggers.stream().sorted().forEach(body.putArray("trigger_types")::add);
        return ask(key, Requests.post(key, PATH, body), WebhookReader::created);
    }

    /**
     * Lists the webhooks: {@code GET /v3/webhooks}.
     *
     * @param key application to call
     * @return all webhooks of the application
     */
    public CallResult<List<NylasWebhook>> list(ApiKey key) {
        return ask(key, Requests.signed(new HttpGet(Requests.uri(key, PATH)), key), WebhookReader::list);
    }

    /**
     * Reads a webhook: {@code GET /v3/webhooks/{id}}.
     *
     * @param key application to call
     * @param id an ID as Nylas gives it
     * @return the webhook
     */
    public CallResult<NylasWebhook> read(ApiKey key, String id) {
        return ask(key, Requests.signed(new HttpGet(Requests.uri(key, path(id))), key), WebhookReader::webhook);
    }

    /**
     * Deletes a webhook: {@code DELETE /v3/webhooks/{id}}.
     *
     * @param key application to call
     * @param id an ID as Nylas gives it
     * @return whether it was deleted now or gone already
     */
    public CallResult<DeletionOutcome> delete(ApiKey key, String id) {
        return ask(key, Requests.signed(new HttpDelete(Requests.uri(key, path(id))), key), WebhookReader::deletion);
    }

    /**
     * Replaces the secret of a webhook: {@code POST /v3/webhooks/rotate-secret/{id}}. The old one is invalid at once.
     *
     * @param key application to call
     * @param id an ID as Nylas gives it
     * @return the new secret
     */
    public CallResult<WebhookSecret> rotate(ApiKey key, String id) {
        requireId(id);
        HttpPost post = new HttpPost(Requests.uri(key, PATH + "/rotate-secret/" + id));
        return ask(key, Requests.signed(post, key), response -> WebhookReader.rotated(id, response));
    }

    private static String path(String id) {
        requireId(id);
        return PATH + "/" + id;
    }

    private static void requireId(String id) {
        if (!WebhookReader.isId(id)) {
            throw new IllegalArgumentException("Not a Nylas webhook id");
        }
    }

    private <T> CallResult<T> ask(ApiKey key, HttpRequestBase request, Function<NylasResponse, Optional<T>> reader) {
        return exchange.ask(
                ApiOperation.WEBHOOK,
                UnknownProvider.INSTANCE,
                request,
                SentSecrets.with(key.value()),
                reader,
                Duration.ZERO);
    }
}
