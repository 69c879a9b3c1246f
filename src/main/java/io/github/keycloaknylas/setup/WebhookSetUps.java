package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.config.ManualWebhook;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookOwner;
import io.github.keycloaknylas.ledger.Webhooks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds the webhook of a connection, whether it was registered or made by hand. Changes nothing. */
final class WebhookSetUps {

    private final KeycloakSession session;
    private final RealmModel realm;

    WebhookSetUps(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    Optional<WebhookSetUp> of(Connection connection) {
        ConnectionSettings settings = connection.settings();
        WebhookOwner owner = new WebhookOwner(
                realm.getId(), settings.name(), settings.apiUrl().toString());
        return Webhooks.of(session)
                .of(owner)
                .filter(row -> row.nylasId().isPresent())
                .map(this::registered)
                .or(() -> settings.isOfRealm() ? Optional.empty() : manual(settings.name()));
    }

    private WebhookSetUp registered(WebhookEntity row) {
        RealmModel owner = session.realms().getRealm(row.realmId());
        return new WebhookSetUp(
                row.nylasId(),
                WebhookTarget.path(owner) + row.id(),
                RealmBinding.call(session, owner, () -> WebhookRows.opens(session, row)));
    }

    private Optional<WebhookSetUp> manual(String connection) {
        RealmModel owner = RealmBinding.ofServer(session);
        return ManualWebhook.find(owner, connection)
                .filter(ManualWebhook::hasSecret)
                .map(webhook -> new WebhookSetUp(
                        Optional.empty(),
                        WebhookTarget.path(owner) + connection,
                        RealmBinding.call(
                                session, owner, () -> webhook.secret(session).isPresent())));
    }

    /** Returns how to register the webhook of a provider's connection, or to repair it. */
    String registration(MappedProvider provider, Connection connection) {
        return connection.settings().isOfRealm()
                ? NextStep.webhook(
                        realm.getName(), "provider=" + URLEncoder.encode(provider.alias(), StandardCharsets.UTF_8))
                : NextStep.webhook(
                        Config.getAdminRealm(),
                        "connection=" + connection.settings().name());
    }
}
