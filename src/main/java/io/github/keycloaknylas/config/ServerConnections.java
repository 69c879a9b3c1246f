package io.github.keycloaknylas.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.models.RealmModel;

/** Connections that the server's options name: {@code spi-nylas-connection--<name>--…}. */
final class ServerConnections {

    private static final String SPI = "nylas-connection";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

    private static final int MOST_REMEMBERED = 1_000;
    private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

    private ServerConnections() {}

    /** Returns the names that were asked for since the start, since the server does not list its connections. */
    static Set<String> asked() {
        return Set.copyOf(ASKED);
    }

    /** @throws ConnectionException if the mapper names no connection, or one that the realm may not use */
    static ConnectionSettings of(RealmModel realm, MapperSettings mapper) {
        ConnectionSettings settings = named(mapper.connection(), mapper.credentialId());
        String realms = Config.scope(SPI, settings.name()).get("realms");
        if (realms != null && Arrays.stream(realms.split(",")).map(String::trim).noneMatch(realm.getName()::equals)) {
            throw new ConnectionException("Realm '" + realm.getName() + "' may not use the Nylas connection '"
                    + settings.name() + "'. Add it to " + option(settings.name())
                    + "realms, or pick another connection in the mapper.");
        }
        return settings;
    }

    /** @throws ConnectionException if the server has no such connection, or an option of it is wrong */
    static ConnectionSettings named(String name, Optional<String> credentialId) {
        if (!NAME.matcher(name).matches()) {
            throw new ConnectionException(
                    "The name of the Nylas connection is not valid: use lower-case letters, digits and dashes.");
        }
        if (ASKED.size() < MOST_REMEMBERED) {
            ASKED.add(name);
        }
        Config.Scope options = Config.scope(SPI, name);
        String option = option(name);
        if (options.get("api-key") == null) {
            throw new ConnectionException("The server has no Nylas connection '" + name + "'. Start Keycloak with "
                    + option + "api-key, or pick another connection in the mapper. A vault reference is written"
                    + " $${vault.<name>} there.");
        }
        return new ConnectionSettings(
                name,
                apiUrl(options, option),
                keyReference(options, option),
                Optional.ofNullable(options.get("application-id")),
                credentialId);
    }

    /** Returns the key of a connection of the server, or a reference to it. */
    static String key(String name) {
        return Config.scope(SPI, name).get("api-key");
    }

    /** Returns the secret of the webhook that was made by hand for a connection of the server, or a reference to it. */
    static Optional<String> webhookSecret(String name) {
        return Optional.ofNullable(Config.scope(SPI, name).get("webhook-secret"));
    }

    static String option(String name) {
        return "spi-" + SPI + "--" + name + "--";
    }

    private static String keyReference(Config.Scope options, String option) {
        String key = options.get("api-key");
        return Secrets.isReference(key) ? key : "option:" + option + "api-key";
    }

    private static URI apiUrl(Config.Scope options, String option) {
        String url = options.get("api-url");
        if (url != null) {
            return ConnectionSettings.url(url);
        }
        return Region.of(options.get("region", "us"))
                .map(Region::apiUrl)
                .orElseThrow(() -> new ConnectionException(
                        option + "region must be us or eu. Use " + option + "api-url for any other address."));
    }
}
