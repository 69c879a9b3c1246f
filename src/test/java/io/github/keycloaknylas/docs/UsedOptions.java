package io.github.keycloaknylas.docs;

import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.config.HistorySettings;
import io.github.keycloaknylas.config.ManualWebhook;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.config.SealSettings;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.Config;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds out which server options the code reads, by letting it read them all. */
final class UsedOptions {

    private final Set<String> asked = new TreeSet<>();

    private UsedOptions() {}

    /** As environment variables; a name that the administrator chooses is written {@code <NAME>} or {@code <ID>}. */
    static Set<String> all() {
        UsedOptions options = new UsedOptions();
        Config.init(options.provider());
        try {
            IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
            mapper.setConfig(Map.of());
            Connections.configured(mock(RealmModel.class), "entra", MapperSettings.of(mapper));
            SealSettings.key(mock(KeycloakSession.class), SealSettings.activeKeyId());
            SealSettings.realmKeyAllowed();
            new ManualWebhook("entra", "", Optional.empty()).hasSecret();
            DeliverySettings.from(Config.scope(DeliverySettings.SPI, "default"));
            ReconciliationSettings.from(Config.scope(ReconciliationSettings.SPI, "default"));
            HistorySettings.from(Config.scope(HistorySettings.SPI, "default"));
            return options.asked;
        } finally {
            Config.init(new Config.SystemPropertiesConfigProvider());
        }
    }

    private Config.ConfigProvider provider() {
        return new Config.ConfigProvider() {
            @Override
            public String getProvider(String spi) {
                return null;
            }

            @Override
            public String getDefaultProvider(String spi) {
                return null;
            }

            @Override
            public Config.Scope scope(String... names) {
                return UsedOptions.this.scope(names);
            }
        };
    }

    private Config.Scope scope(String... names) {
        return (Config.Scope) Proxy.newProxyInstance(
                Config.Scope.class.getClassLoader(),
                new Class<?>[] {Config.Scope.class},
                (proxy, method, arguments) -> {
                    String option = (String) arguments[0];
                    // Keycloak asks for an option of its own meanwhile, of a scope with one name.
                    if (names.length == 2) {
                        asked.add(variable(names[0], names[1], option));
                    }
                    return arguments.length > 1 ? arguments[1] : unset(option);
                });
    }

    // Without a key there is no connection, and no further question.
    private static String unset(String option) {
        return option.equals("api-key") ? "key" : null;
    }

    private static String variable(String spi, String provider, String option) {
        String name = spi.equals("nylas-connection") ? "<NAME>" : spi.equals("nylas-seal-key") ? "<ID>" : provider;
        return ("KC_SPI_" + spi + "__" + name + "__" + option).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
