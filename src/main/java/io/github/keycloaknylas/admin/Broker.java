package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.config.MapperSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.social.microsoft.MicrosoftIdentityProviderFactory;

/**
 * An identity provider on which grants are switched on.
 *
 * @param settings those of the mapper that counts
 * @param mappers how many of our mappers it has
 */
record Broker(IdentityProviderModel provider, MapperSettings settings, long mappers) {

    private static final Pattern ENTRA = Pattern.compile("https://login\\.microsoftonline\\.com/([^/]+)/.*");

    /** Every such provider of the context's realm, by alias. */
    static List<Broker> of(KeycloakSession session) {
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

    private static Optional<Broker> of(KeycloakSession session, String alias, long mappers) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider == null
                ? Optional.empty()
                : MapperSettings.find(session, alias).map(settings -> new Broker(provider, settings, mappers));
    }

    String alias() {
        return provider.getAlias();
    }

    boolean isSocial() {
        return MicrosoftIdentityProviderFactory.PROVIDER_ID.equals(provider.getProviderId());
    }

    Optional<String> clientId() {
        return text("clientId");
    }

    /** What Keycloak asks Microsoft for; without Default Scopes the social provider asks for its own profile scope. */
    Set<String> askedScopes() {
        String scopes = text("defaultScope").orElse(isSocial() ? "User.Read" : "openid");
        return Stream.of(scopes.split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    /** The Entra tenant that people sign in at, if that can be told. */
    Optional<String> tenant() {
        if (isSocial()) {
            return Optional.of(text("tenantId").orElse("common"));
        }
        return text("tokenUrl").map(ENTRA::matcher).filter(Matcher::matches).map(url -> url.group(1));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(provider.getConfig().get(name))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }
}
