package io.github.keycloaknylas.support.store;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.config.MapperProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.RealmModel;

/** The identity providers of all realms, each with the settings of our mapper if it has one. */
final class FakeProviders {

    private final Map<String, Optional<Map<String, String>>> settings = new ConcurrentHashMap<>();

    void put(String realmId, String alias, Optional<Map<String, String>> mapper) {
        settings.put(realmId + "/" + alias, mapper);
    }

    void remove(String realmId, String alias) {
        settings.remove(realmId + "/" + alias);
    }

    IdentityProviderModel find(RealmModel realm, String alias) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(alias);
        return settings.containsKey(realm.getId() + "/" + alias) ? model : null;
    }

    Stream<IdentityProviderMapperModel> mappers(RealmModel realm, String alias) {
        return settings.getOrDefault(realm.getId() + "/" + alias, Optional.empty()).map(FakeProviders::mapper).stream();
    }

    /** As a session sees them whose realm this is. */
    IdentityProviderStorageProvider model(Supplier<RealmModel> realm) {
        IdentityProviderStorageProvider provider =
                mock(IdentityProviderStorageProvider.class, withSettings().stubOnly());
        when(provider.getByAlias(any())).thenAnswer(call -> find(realm.get(), call.getArgument(0)));
        when(provider.getMappersByAliasStream(any())).thenAnswer(call -> mappers(realm.get(), call.getArgument(0)));
        return provider;
    }

    private static IdentityProviderMapperModel mapper(Map<String, String> config) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setId("mapper");
        mapper.setIdentityProviderMapper(MapperProperties.MAPPER_ID);
        mapper.setConfig(new HashMap<>(config));
        return mapper;
    }
}
