package io.github.keycloaknylas.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookState;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of a connection's webhook, without its secret.
 *
 * @param connection name of the connection
 * @param state {@code missing}, {@code pending}, {@code active} or {@code changing}
 * @param url address that Nylas sends to
 * @param nylasId Nylas' ID of the webhook
 * @param application ID of the Nylas application
 * @param atNylas the status that Nylas reports, or {@code unknown} if it was not asked or did not answer
 * @param updatedAt when it was last changed, in milliseconds since the epoch
 * @param changed whether this call changed it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookReport(
        String connection,
        String state,
        String url,
        String nylasId,
        String application,
        String atNylas,
        Long updatedAt,
        boolean changed) {

    static WebhookReport of(String connection, Optional<WebhookEntity> row, String atNylas, boolean changed) {
        return new WebhookReport(
                connection,
                row.map(WebhookReport::state).orElse("missing"),
                row.flatMap(WebhookEntity::url).orElse(null),
                row.flatMap(WebhookEntity::nylasId).orElse(null),
                row.flatMap(WebhookEntity::application).orElse(null),
                atNylas,
                row.map(WebhookEntity::updatedAt).orElse(null),
                changed);
    }

    private static String state(WebhookEntity row) {
        return row.state().map(WebhookState::name).orElse("unknown").toLowerCase(Locale.ROOT);
    }
}
