package io.github.keycloaknylas.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Finds the Nylas connection of a mapper: a named one of the server's options
 * ({@code spi-nylas-connection--<name>--…}), or the realm's own URL with the realm's own key from the vault.
 */
public final class Connections {

    private static final String SPI = "nylas-connection";
    private static final String OF_REALM = "realm:";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

    private static final Pattern SHORT = Pattern.compile("[!-~&&[^\\\\]]{1,255}");

    private Connections() {}

    /**
     * Where the grants of a mapper live. Looks at settings only, never at the vault.
     *
     * @param alias alias of the identity provider
     * @throws ConnectionException says what is missing and what to do next
     */
    public static Endpoint endpoint(RealmModel realm, String alias, MapperSettings settings) {
        return settings.ownApiUrl().isPresent() || settings.ownApiKey().isPresent()
                ? ownEndpoint(realm, alias, settings)
                : serverEndpoint(realm, settings);
    }

    /**
     * Looks up the key of an endpoint.
     *
     * @param session bound to the realm whose vault holds the key, if it is a reference
     * @throws ConnectionException says what is missing and what to do next; never holds a key
     */
    public static Connection open(KeycloakSession session, Endpoint endpoint) {
        String name = endpoint.name();
        String key = Secrets.isReference(endpoint.keyReference())
                ? endpoint.keyReference()
                : Config.scope(SPI, name).get("api-key");
        if (session.getContext().getRealm() == null && Secrets.isReference(key)) {
            throw new ConnectionException("The realm whose vault holds the key of the Nylas connection '" + name
                    + "' does not exist any more.");
        }
        return Secrets.resolve(session, key)
                .map(secret -> new Connection(endpoint, secret))
                .orElseThrow(() -> new ConnectionException("The vault of realm '"
                        + session.getContext().getRealm().getName() + "' has no entry for " + key
                        + ". Add it, or correct the reference."));
    }

    private static Endpoint ownEndpoint(RealmModel realm, String alias, MapperSettings settings) {
        settings.connectionComplaints().stream().findFirst().ifPresent(complaint -> {
            throw new ConnectionException(complaint);
        });
        return new Endpoint(
                OF_REALM + realm.getId() + "/" + readable(alias),
                uri(settings.ownApiUrl().orElseThrow()),
                settings.ownApiKey().orElseThrow(),
                Optional.empty(),
                settings.credentialId());
    }

    // The name lies in a bounded column, where other letters take six characters each.
    private static String readable(String alias) {
        return SHORT.matcher(alias).matches() ? alias : Digests.sha256(alias);
    }

    /** Whether a connection of this name is one that a realm supplies itself. */
    public static boolean isOfRealm(String name) {
        return name.startsWith(OF_REALM);
    }

    /**
     * A connection of the server by its name, for grants that were made through it: the realms that may use it for new
     * ones do not matter.
     *
     * @throws ConnectionException if the server has no such connection
     */
    public static Endpoint ofServer(String name) {
        return server(name, Optional.empty());
    }

    /**
     * A connection that a realm once supplied, for grants that were made through it.
     *
     * @param realm null if it does not exist any more
     * @param keyReference vault reference of the key
     * @throws ConnectionException if the realm, whose vault holds the key, does not exist any more
     */
    public static Endpoint ofRealm(RealmModel realm, String name, URI apiUrl, String keyReference) {
        if (realm == null || keyReference == null || !Secrets.isReference(keyReference)) {
            throw new ConnectionException("The realm of the Nylas connection '" + name + "' does not exist any more.");
        }
        return new Endpoint(name, apiUrl, keyReference, Optional.empty(), Optional.empty());
    }

    private static Endpoint serverEndpoint(RealmModel realm, MapperSettings settings) {
        Endpoint endpoint = server(settings.connection(), settings.credentialId());
        String realms = Config.scope(SPI, endpoint.name()).get("realms");
        if (realms != null && Arrays.stream(realms.split(",")).map(String::trim).noneMatch(realm.getName()::equals)) {
            throw new ConnectionException("Realm '" + realm.getName() + "' may not use the Nylas connection '"
                    + endpoint.name() + "'. Add it to " + option(endpoint.name())
                    + "realms, or pick another connection in the mapper.");
        }
        return endpoint;
    }

    private static Endpoint server(String name, Optional<String> credentialId) {
        if (!NAME.matcher(name).matches()) {
            throw new ConnectionException(
                    "The name of the Nylas connection is not valid: use lower-case letters, digits and dashes.");
        }
        Config.Scope options = Config.scope(SPI, name);
        String option = option(name);
        if (options.get("api-key") == null) {
            throw new ConnectionException("The server has no Nylas connection '" + name + "'. Start Keycloak with "
                    + option + "api-key, or pick another connection in the mapper. A vault reference is written"
                    + " $${vault.<name>} there.");
        }
        return new Endpoint(
                name,
                apiUrl(options, option),
                keyReference(options, option),
                Optional.ofNullable(options.get("application-id")),
                credentialId);
    }

    private static String option(String name) {
        return "spi-" + SPI + "--" + name + "--";
    }

    private static String keyReference(Config.Scope options, String option) {
        String key = options.get("api-key");
        return Secrets.isReference(key) ? key : "option:" + option + "api-key";
    }

    private static URI apiUrl(Config.Scope options, String option) {
        String url = options.get("api-url");
        if (url != null) {
            return uri(url);
        }
        return Region.of(options.get("region", "us"))
                .map(Region::apiUrl)
                .orElseThrow(() -> new ConnectionException(
                        option + "region must be us or eu. Use " + option + "api-url for any other address."));
    }

    private static URI uri(String url) {
        try {
            return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        } catch (IllegalArgumentException e) {
            throw new ConnectionException("The Nylas API URL is not a URL. Write it as https://api.us.nylas.com.");
        }
    }
}
