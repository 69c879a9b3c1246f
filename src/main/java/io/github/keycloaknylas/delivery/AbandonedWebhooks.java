package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.Webhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * Removes webhooks whose realm or identity provider was removed, with their secrets and notices. Not at once, because
 * both may be created again, by an import for example.
 */
final class AbandonedWebhooks {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Transactions transactions;
    private final InstantSource clock;
    private final Map<String, Long> abandonedSince = new HashMap<>();

    AbandonedWebhooks(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    void remove() {
        long now = clock.millis();
        Set<String> abandoned = transactions.call(AbandonedWebhooks::find);
        abandonedSince.keySet().retainAll(abandoned);
        abandoned.forEach(id -> abandonedSince.putIfAbsent(id, now));
        abandonedSince.forEach((id, since) -> {
            if (now - since >= PATIENCE.toMillis()) {
                transactions.run(session -> remove(session, id));
            }
        });
    }

    private static Set<String> find(KeycloakSession session) {
        return Webhooks.of(session).all().stream()
                .filter(webhook -> isAbandoned(session, webhook))
                .map(WebhookEntity::id)
                .collect(Collectors.toSet());
    }

    private static boolean isAbandoned(KeycloakSession session, WebhookEntity webhook) {
        return Transactions.bind(session, webhook.realmId()) == null
                || Connections.isAbandoned(session, webhook.connection());
    }

    private static void remove(KeycloakSession session, String id) {
        Webhooks webhooks = Webhooks.of(session);
        webhooks.find(id).ifPresent(webhooks::remove);
        Notices.of(session).removeOf(id);
    }
}
