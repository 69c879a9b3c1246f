package io.github.keycloaknylas.mail;

import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;

/** Reads the configuration of an identity provider. */
final class BrokerConfig {

    private BrokerConfig() {}

    static Optional<String> text(IdentityProviderModel broker, String name) {
        return Optional.ofNullable(broker.getConfig().get(name))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }
}
