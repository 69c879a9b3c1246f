package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ServerUrl;
import io.github.keycloaknylas.config.ServerUrlException;
import io.github.keycloaknylas.ledger.WebhookOwner;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The connection whose webhook is managed.
 *
 * @param connection opened with its key
 * @param owner under which its webhook is stored
 * @param addresses what the addresses of its webhooks begin with; those of others are never touched
 */
public record WebhookTarget(Connection connection, WebhookOwner owner, String addresses) {

    /** What a webhook is notified of. */
    public static final Set<String> TRIGGERS =
            Set.of("grant.created", "grant.updated", "grant.expired", "grant.deleted");

    /**
     * Finds the connection.
     *
     * @param name of a connection of the server, or null
     * @param alias of an identity provider, or null
     */
    public static WebhookTarget find(KeycloakSession session, RealmModel realm, String name, String alias)
            throws RefusedCallException {
        Connection connection = ChosenConnection.find(session, realm, name, alias, "webhook");
        try {
            WebhookOwner owner = new WebhookOwner(
                    realm.getId(),
                    connection.settings().name(),
                    connection.settings().apiUrl().toString());
            return new WebhookTarget(connection, owner, addresses(realm));
        } catch (ServerUrlException e) {
            throw new RefusedCallException(Status.CONFLICT, e.getMessage());
        }
    }

    /** Returns the address of the webhook with this ID. */
    public String address(String id) {
        return addresses + id;
    }

    private static String addresses(RealmModel realm) {
        return ServerUrl.configured() + path(realm);
    }

    /** Returns what the paths of the webhooks that a realm manages begin with. */
    static String path(RealmModel realm) {
        String name = URLEncoder.encode(realm.getName(), StandardCharsets.UTF_8).replace("+", "%20");
        return "/realms/" + name + "/nylas/webhooks/";
    }
}
