package io.github.keycloaknylas.webhook;

import io.github.keycloaknylas.capture.SealException;
import io.github.keycloaknylas.capture.WebhookSeal;
import io.github.keycloaknylas.config.ManualWebhook;
import io.github.keycloaknylas.ledger.SealedSecret;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookState;
import io.github.keycloaknylas.ledger.Webhooks;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds a webhook by its address: one that was registered, or the one by hand of a connection of the server. */
final class KnownWebhooks {

    private static final Pattern REGISTERED = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ThrottledWarnings warnings;
    private final InstantSource clock;

    KnownWebhooks(ThrottledWarnings warnings, InstantSource clock) {
        this.warnings = warnings;
        this.clock = clock;
    }

    /** Returns whether there is one, with or without a secret. The session is bound to the realm of the address. */
    boolean exist(KeycloakSession session, String id) {
        return ManualWebhook.find(session.getContext().getRealm(), id).isPresent()
                || registered(session, id).isPresent();
    }

    Optional<KnownWebhook> find(KeycloakSession session, String id) {
        return ManualWebhook.find(session.getContext().getRealm(), id)
                .map(manual -> known(session, manual))
                .or(() -> registered(session, id).map(webhook -> known(session, webhook)));
    }

    private static Optional<WebhookEntity> registered(KeycloakSession session, String id) {
        RealmModel realm = session.getContext().getRealm();
        return REGISTERED.matcher(id).matches()
                ? Webhooks.of(session)
                        .find(id)
                        .filter(webhook -> webhook.realmId().equals(realm.getId()))
                : Optional.empty();
    }

    private KnownWebhook known(KeycloakSession session, ManualWebhook manual) {
        List<String> secrets = manual.secret(session).stream().toList();
        if (secrets.isEmpty()) {
            warnings.warnOfConnection(
                    manual.connection(),
                    "A notification for the webhook by hand arrived, and its secret is not known. Start Keycloak with"
                            + " the option webhook-secret of the connection, or correct its vault reference.");
        }
        return new KnownWebhook(
                manual.connection(),
                manual.connection(),
                manual.apiUrl(),
                manual.application(),
                secrets,
                !secrets.isEmpty());
    }

    private KnownWebhook known(KeycloakSession session, WebhookEntity webhook) {
        List<SealedSecret> sealed = webhook.secrets(clock.millis());
        List<String> opened = sealed.stream()
                .flatMap(secret -> open(session, webhook, secret).stream())
                .toList();
        boolean active = webhook.state().filter(WebhookState.ACTIVE::equals).isPresent();
        return new KnownWebhook(
                webhook.id(),
                webhook.connection(),
                webhook.apiUrl(),
                webhook.application(),
                opened,
                active && opened.size() == sealed.size());
    }

    private Optional<String> open(KeycloakSession session, WebhookEntity webhook, SealedSecret secret) {
        try {
            return Optional.of(WebhookSeal.open(session, webhook.id(), secret));
        } catch (SealException e) {
            warnings.warnOfConnection(
                    webhook.connection(),
                    e.getMessage() + " Notifications wait at Nylas for about 20 minutes and are lost then. Put the seal"
                            + " key back, or rotate the secret of the webhook.");
            return Optional.empty();
        }
    }
}
