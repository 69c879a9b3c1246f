package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.ManualWebhook;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.config.ServerUrl;
import io.github.keycloaknylas.config.ServerUrlException;
import io.github.keycloaknylas.ledger.WebhookOwner;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The connection whose webhook is managed.
 *
 * @param connection opened with its key
 * @param owner under which its webhook is stored
 * @param addresses what the addresses of its webhooks begin with; those of others are never touched
 */
record WebhookTarget(Connection connection, WebhookOwner owner, String addresses) {

    private static final String DEFAULT = "default";

    /**
     * Finds the connection.
     *
     * @param name of a connection of the server, or null
     * @param alias of an identity provider, or null
     */
    static WebhookTarget find(KeycloakSession session, RealmModel realm, String name, String alias)
            throws RefusedCallException {
        if (name != null && alias != null) {
            throw new RefusedCallException(Status.BAD_REQUEST, "Name either a connection or a provider, not both.");
        }
        try {
            Connection connection = alias == null
                    ? ofServer(session, realm, name == null ? DEFAULT : name)
                    : ofProvider(session, realm, alias);
            WebhookOwner owner = new WebhookOwner(
                    realm.getId(),
                    connection.settings().name(),
                    connection.settings().apiUrl().toString());
            return new WebhookTarget(connection, owner, addresses(realm));
        } catch (ConnectionException | ServerUrlException e) {
            throw new RefusedCallException(Status.CONFLICT, e.getMessage());
        }
    }

    String address(String id) {
        return addresses + id;
    }

    private static Connection ofProvider(KeycloakSession session, RealmModel realm, String alias)
            throws RefusedCallException {
        MapperSettings mapper = MapperSettings.find(session, alias)
                .orElseThrow(() -> new RefusedCallException(
                        Status.NOT_FOUND, "The realm has no identity provider '" + alias + "' with a Nylas mapper."));
        return mapper.ownApiUrl().isPresent()
                ? Connections.open(session, alias, mapper)
                : ofServer(session, realm, mapper.connection());
    }

    // Before the connection is opened, so that nobody learns which connections the server has.
    private static Connection ofServer(KeycloakSession session, RealmModel realm, String name)
            throws RefusedCallException {
        if (!ManualWebhook.isOfServer(realm)) {
            throw new RefusedCallException(
                    Status.FORBIDDEN,
                    "The webhook of a connection of the server concerns all realms. An administrator of the realm '"
                            + Config.getAdminRealm() + "' manages it at /admin/realms/" + Config.getAdminRealm()
                            + "/nylas/webhook?connection=<name>. For a connection of this realm, name its identity"
                            + " provider: ?provider=<alias>.");
        }
        return Connections.ofServer(session, name);
    }

    private static String addresses(RealmModel realm) {
        String name = URLEncoder.encode(realm.getName(), StandardCharsets.UTF_8).replace("+", "%20");
        return ServerUrl.configured() + "/realms/" + name + "/nylas/webhooks/";
    }
}
