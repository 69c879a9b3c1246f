package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.ManualWebhook;
import io.github.keycloaknylas.config.MapperSettings;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds the connection that a call names, if administrators of the realm may manage it. */
public final class ChosenConnection {

    private static final String DEFAULT = "default";

    private ChosenConnection() {}

    /**
     * Finds and opens the connection.
     *
     * @param name of a connection of the server, or null
     * @param alias of an identity provider, or null
     * @param path of the call below {@code nylas}, for messages
     */
    public static Connection find(KeycloakSession session, RealmModel realm, String name, String alias, String path)
            throws RefusedCallException {
        if (name != null && alias != null) {
            throw new RefusedCallException(Status.BAD_REQUEST, "Name either a connection or a provider, not both.");
        }
        try {
            return alias == null
                    ? ofServer(session, realm, name == null ? DEFAULT : name, path)
                    : ofProvider(session, realm, alias, path);
        } catch (ConnectionException e) {
            throw new RefusedCallException(Status.CONFLICT, e.getMessage());
        }
    }

    private static Connection ofProvider(KeycloakSession session, RealmModel realm, String alias, String path)
            throws RefusedCallException {
        MapperSettings mapper = MapperSettings.find(session, alias)
                .orElseThrow(() -> new RefusedCallException(
                        Status.NOT_FOUND, "The realm has no identity provider '" + alias + "' with a Nylas mapper."));
        return mapper.ownApiUrl().isPresent()
                ? Connections.open(session, alias, mapper)
                : ofServer(session, realm, mapper.connection(), path);
    }

    // Before the connection is opened, so that nobody learns which connections the server has.
    private static Connection ofServer(KeycloakSession session, RealmModel realm, String name, String path)
            throws RefusedCallException {
        if (!ManualWebhook.isOfServer(realm)) {
            throw new RefusedCallException(
                    Status.FORBIDDEN,
                    "A connection of the server concerns all realms. An administrator of the realm '"
                            + Config.getAdminRealm() + "' makes this call at /admin/realms/" + Config.getAdminRealm()
                            + "/nylas/" + path + "?connection=<name>. For a connection of this realm, name its identity"
                            + " provider: ?provider=<alias>.");
        }
        return Connections.ofServer(session, name);
    }
}
