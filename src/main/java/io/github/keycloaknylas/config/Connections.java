package io.github.keycloaknylas.config;

import io.github.keycloaknylas.config.ConnectionException.Problem;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Finds and opens the Nylas connection of a mapper or of a grant: a named one of the server's options, or the realm's
 * own URL with the realm's own key from the vault. Sessions are bound to the realm: its vault holds the keys that are
 * given as references.
 */
public final class Connections {

    private Connections() {}

    /**
     * Opens the connection of an identity provider.
     *
     * @param alias alias of the provider
     * @param mapper settings of the provider's mapper
     * @throws ConnectionException if it cannot be opened; the message names the problem and the next step
     */
    public static Connection open(KeycloakSession session, String alias, MapperSettings mapper) {
        return open(session, settings(session.getContext().getRealm(), alias, mapper));
    }

    /**
     * Opens the connection that an identity provider uses now.
     *
     * @param alias alias of the provider
     * @return nothing if the provider has no mapper, or none whose connection can be used
     */
    public static Optional<Connection> ofProvider(KeycloakSession session, String alias) {
        return MapperSettings.find(session, alias).flatMap(mapper -> ifAvailable(() -> open(session, alias, mapper)));
    }

    /**
     * Opens a connection of the server, whichever realms may use it.
     *
     * @param name its name
     * @throws ConnectionException if it cannot be opened; the message names the problem and the next step
     */
    public static Connection ofServer(KeycloakSession session, String name) {
        return open(session, ServerConnections.named(name, Optional.empty()));
    }

    /**
     * Opens the connection that a grant was made through. Which realms may use it for new grants does not matter.
     *
     * @param name its name then
     * @param apiUrl its base URL then; counts only for a connection that a realm supplied
     * @param keyReference reference to its key then; counts only for a connection that a realm supplied
     * @return nothing if the connection cannot be used any more
     */
    public static Optional<Connection> ofGrant(
            KeycloakSession session, String name, String apiUrl, String keyReference) {
        return ifAvailable(() -> open(
                session,
                ConnectionSettings.isOfRealm(name)
                        ? RealmConnections.former(session.getContext().getRealm(), name, apiUrl, keyReference)
                        : ServerConnections.named(name, Optional.empty())));
    }

    /**
     * Returns where the grants of an identity provider are stored. Reads settings only, never the vault.
     *
     * @param alias alias of the provider
     * @param mapper settings of the provider's mapper
     * @return nothing if the connection is missing or misconfigured
     */
    public static Optional<ConnectionSettings> configured(RealmModel realm, String alias, MapperSettings mapper) {
        return ifAvailable(() -> settings(realm, alias, mapper));
    }

    /**
     * Returns whether the identity provider that supplied a connection does not exist any more. One whose alias the
     * name does not contain counts as existing.
     *
     * @param session bound to the realm of the connection, which exists
     * @param name name of the connection
     */
    public static boolean isAbandoned(KeycloakSession session, String name) {
        return ConnectionSettings.isOfRealm(name)
                && RealmConnections.alias(session.getContext().getRealm(), name)
                        .filter(alias -> session.identityProviders().getByAlias(alias) == null)
                        .isPresent();
    }

    static ConnectionSettings settings(RealmModel realm, String alias, MapperSettings mapper) {
        return mapper.ownApiUrl().isPresent() || mapper.ownApiKey().isPresent()
                ? RealmConnections.of(realm, alias, mapper)
                : ServerConnections.of(realm, mapper);
    }

    private static Connection open(KeycloakSession session, ConnectionSettings settings) {
        String key = Secrets.isReference(settings.keyReference())
                ? settings.keyReference()
                : ServerConnections.key(settings.name());
        RealmModel realm = session.getContext().getRealm();
        if (realm == null && Secrets.isReference(key)) {
            throw new ConnectionException("The realm whose vault holds the key of the Nylas connection '"
                    + settings.name() + "' does not exist any more.");
        }
        return Secrets.resolve(session, key)
                .map(secret -> new Connection(settings, secret))
                .orElseThrow(() -> new ConnectionException(
                        Problem.VAULT_ENTRY,
                        "The vault of realm '" + realm.getName() + "' has no entry for " + key
                                + ". Add it, or correct the reference."));
    }

    private static <T> Optional<T> ifAvailable(Supplier<T> connection) {
        try {
            return Optional.of(connection.get());
        } catch (ConnectionException e) {
            return Optional.empty();
        }
    }
}
