package io.github.keycloaknylas.config;

import io.github.keycloaknylas.nylas.ApiUrl;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.keycloak.Config;

/** The server options that all nodes of a cluster have to share, as far as they are no secrets. */
public final class SharedSettings {

    private static final String MISSING = "";

    private SharedSettings() {}

    /**
     * Returns the options of this node. Of a connection, only those that were used since the start are known; of an API
     * key, only the reference to it.
     *
     * @return name of the option to its value, sorted; no value is a secret or is made from one
     */
    public static Map<String, String> ofThisNode() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("hostname", text(Config.scope("hostname", "v2").get("hostname")));
        settings.put("spi-nylas-seal--default--key-id", SealSettings.activeKeyId());
        settings.put("spi-nylas-seal--default--realm-key", Boolean.toString(SealSettings.realmKeyAllowed()));
        DeliverySettings delivery = DeliverySettings.from(Config.scope(DeliverySettings.SPI, "default"));
        settings.put(
                "spi-nylas-delivery--default--token-retention-hours",
                Long.toString(delivery.retention().toHours()));
        settings.put(
                "spi-nylas-delivery--default--leaving-grace-hours",
                Long.toString(delivery.deletionGrace().toHours()));
        ServerConnections.asked().forEach(name -> addConnection(name, settings));
        return settings;
    }

    private static void addConnection(String name, Map<String, String> settings) {
        String option = ServerConnections.option(name);
        Config.Scope options = Config.scope("nylas-connection", name);
        String key = options.get("api-key");
        settings.put(option + "api-key", key == null ? MISSING : Secrets.isReference(key) ? key : "set");
        settings.put(option + "api-url", url(options.get("api-url")));
        settings.put(option + "region", text(options.get("region")));
        settings.put(option + "application-id", text(options.get("application-id")));
        settings.put(option + "realms", text(options.get("realms")));
    }

    // One that is refused may contain a password.
    private static String url(String url) {
        try {
            return url == null
                    ? MISSING
                    : ApiUrl.checked(ConnectionSettings.url(url)).toString();
        } catch (IllegalArgumentException | ConnectionException e) {
            return "refused";
        }
    }

    private static String text(String value) {
        return Objects.toString(value, MISSING);
    }
}
