package io.github.keycloaknylas.config;

import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The address for a webhook that was made by hand in the Nylas dashboard. Every connection of the server has one; it
 * ends with the connection's name and belongs to the administration realm.
 *
 * @param connection name of the connection
 * @param apiUrl base URL of its API
 * @param application ID of its Nylas application, if the administrator set it
 */
public record ManualWebhook(String connection, String apiUrl, Optional<String> application) {

    /**
     * Finds the address. Reads options only.
     *
     * @param realm realm in the address
     * @param id last part of the address
     * @return nothing if the realm is another one, or the server has no such connection
     */
    public static Optional<ManualWebhook> find(RealmModel realm, String id) {
        if (!isOfServer(realm)) {
            return Optional.empty();
        }
        try {
            ConnectionSettings settings = ServerConnections.named(id, Optional.empty());
            return Optional.of(new ManualWebhook(id, settings.apiUrl().toString(), settings.application()));
        } catch (ConnectionException e) {
            return Optional.empty();
        }
    }

    /** Returns whether this is the realm whose administrators manage the whole server. */
    public static boolean isOfServer(RealmModel realm) {
        return Config.getAdminRealm().equals(realm.getName());
    }

    /** Returns whether the server option for the secret is set. */
    public boolean hasSecret() {
        return ServerConnections.webhookSecret(connection).isPresent();
    }

    /**
     * Returns the secret.
     *
     * @param session bound to the administration realm, whose vault is asked
     * @return nothing if the option is not set, or refers to a vault entry that does not exist
     */
    public Optional<String> secret(KeycloakSession session) {
        return ServerConnections.webhookSecret(connection)
                .flatMap(value -> Secrets.resolve(session, value))
                .map(String::trim)
                .filter(secret -> !secret.isEmpty());
    }
}
