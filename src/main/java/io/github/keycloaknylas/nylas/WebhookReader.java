package io.github.keycloaknylas.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads Nylas' responses about webhooks. Returns nothing if a response lacks what was requested. */
final class WebhookReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final String SECRET = "webhook_secret";

    private WebhookReader() {}

    static boolean isId(String id) {
        return id != null && ID.matcher(id).matches();
    }

    static Optional<WebhookSecret> created(NylasResponse response) {
        return Optional.ofNullable(ResponseReader.text(response.data(), "id"))
                .filter(WebhookReader::isId)
                .flatMap(id -> secret(id, response));
    }

    static Optional<WebhookSecret> rotated(String id, NylasResponse response) {
        return secret(id, response);
    }

    // Some of Nylas' own clients read it beside the data.
    private static Optional<WebhookSecret> secret(String id, NylasResponse response) {
        JsonNode data = response.data();
        JsonNode holder = data.has(SECRET) || !response.success() ? data : response.body();
        return Optional.ofNullable(ResponseReader.text(holder, SECRET)).map(value -> new WebhookSecret(id, value));
    }

    static Optional<List<NylasWebhook>> list(NylasResponse response) {
        if (!response.data().isArray()) {
            return Optional.empty();
        }
        List<NylasWebhook> webhooks = new ArrayList<>();
        response.data().forEach(node -> webhook(node).ifPresent(webhooks::add));
        return Optional.of(webhooks);
    }

    static Optional<NylasWebhook> webhook(NylasResponse response) {
        return webhook(response.data());
    }

    private static Optional<NylasWebhook> webhook(JsonNode node) {
        String id = ResponseReader.text(node, "id");
        String url = ResponseReader.text(node, "webhook_url");
        return isId(id) && url != null
                ? Optional.of(new NylasWebhook(
                        id,
                        url,
                        triggers(node),
                        Optional.ofNullable(ResponseReader.text(node, "status")).orElse("")))
                : Optional.empty();
    }

    private static Set<String> triggers(JsonNode node) {
        Set<String> triggers = new HashSet<>();
        node.path("trigger_types").forEach(trigger -> triggers.add(trigger.asText()));
        return triggers;
    }

    /** Nylas answers 400 for a webhook that does not exist, other than for a grant. */
    static Optional<DeletionOutcome> deletion(NylasResponse response) {
        boolean gone = !response.success()
                && NylasError.of(response.body(), UnknownProvider.INSTANCE).missesWebhook();
        return gone ? Optional.of(DeletionOutcome.ALREADY_GONE) : ResponseReader.deletion(response);
    }
}
