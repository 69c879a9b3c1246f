package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.MailProviders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/**
 * An identity provider with a Nylas mapper.
 *
 * @param settings settings of the mapper that takes effect
 * @param mappers number of Nylas mappers it has
 */
record MappedProvider(IdentityProviderModel model, MapperSettings settings, long mappers) {

    /** Returns every such provider of the context's realm, sorted by alias. */
    static List<MappedProvider> of(KeycloakSession session) {
        Map<String, Long> mappers = session.identityProviders()
                .getMappersStream()
                .filter(mapper -> MapperProperties.MAPPER_ID.equals(mapper.getIdentityProviderMapper()))
                .collect(Collectors.groupingBy(
                        IdentityProviderMapperModel::getIdentityProviderAlias, TreeMap::new, Collectors.counting()));
        return mappers.entrySet().stream()
                .map(entry -> of(session, entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<MappedProvider> of(KeycloakSession session, String alias, long mappers) {
        IdentityProviderModel model = session.identityProviders().getByAlias(alias);
        return model == null
                ? Optional.empty()
                : MapperSettings.find(session, alias).map(settings -> new MappedProvider(model, settings, mappers));
    }

    String alias() {
        return model.getAlias();
    }

    MailProvider mail() {
        return MailProviders.installed().of(model);
    }

    Set<String> requiredScopes() {
        return mail().scopes().requiredBy(settings);
    }

    Optional<String> clientId() {
        return Optional.ofNullable(model.getConfig().get("clientId"))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }
}
