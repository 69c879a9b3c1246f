package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.TestRealm;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;

/** Mappers in an order of the test's choice: Keycloak calls them in the order of their ids. */
public final class Mappers {

    private Mappers() {}

    public static void add(Scenario scenario, String beginOfId, Map<String, String> config) {
        add(scenario.keycloak(), scenario.alias(), beginOfId, config);
    }

    /** A mapper of this type, which may be one of Keycloak's own. */
    public static void add(Scenario scenario, String type, String beginOfId, Map<String, String> config) {
        add(scenario.keycloak(), scenario.alias(), type, beginOfId, config);
    }

    public static void add(TestRealm realm, String alias, String beginOfId, Map<String, String> config) {
        add(realm, alias, MicrosoftRealm.MAPPER, beginOfId, config);
    }

    public static void add(TestRealm realm, String alias, String type, String beginOfId, Map<String, String> config) {
        IdentityProviderMapperRepresentation mapper = new IdentityProviderMapperRepresentation();
        mapper.setId(beginOfId + UUID.randomUUID().toString().substring(9));
        mapper.setName(mapper.getId());
        mapper.setIdentityProviderAlias(alias);
        mapper.setIdentityProviderMapper(type);
        mapper.setConfig(config);
        try (Response response = realm.admin().identityProviders().get(alias).addMapper(mapper)) {
            if (response.getStatus() != 201) {
                throw new AssertionError("the mapper was answered with " + response.getStatus());
            }
        }
    }
}
