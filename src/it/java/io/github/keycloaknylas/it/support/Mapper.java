package io.github.keycloaknylas.it.support;

import java.util.List;
import java.util.Map;
import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;

/** What an administrator does to the mapper of a provider that is in use. */
public final class Mapper {

    private final IdentityProviderResource provider;

    private Mapper(IdentityProviderResource provider) {
        this.provider = provider;
    }

    public static Mapper of(MicrosoftRealm realm, String alias) {
        return new Mapper(realm.keycloak().admin().identityProviders().get(alias));
    }

    public void set(Map<String, String> settings) {
        List<IdentityProviderMapperRepresentation> mappers = provider.getMappers();
        IdentityProviderMapperRepresentation mapper = mappers.get(0);
        mapper.getConfig().putAll(settings);
        provider.update(mapper.getId(), mapper);
    }
}
