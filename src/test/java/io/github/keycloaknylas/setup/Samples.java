package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.config.MapperSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;

/** Providers and mappers that are as they should be, to be spoilt in one point by each test. */
public final class Samples {

    public static final String CLIENT = "11111111-2222-3333-4444-555555555555";
    static final String SCOPES = "openid profile email offline_access User.Read Mail.Read Calendars.Read";

    private Samples() {}

    public static IdentityProviderModel social() {
        IdentityProviderModel provider = provider("microsoft", "microsoft");
        provider.setStoreToken(true);
        return provider;
    }

    public static IdentityProviderModel oidc() {
        return provider("oidc", "entra");
    }

    static IdentityProviderMapperModel mapper(String alias, String id, Map<String, String> settings) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setId(id);
        mapper.setIdentityProviderAlias(alias);
        mapper.setIdentityProviderMapper(MapperProperties.MAPPER_ID);
        mapper.setConfig(new HashMap<>(settings));
        return mapper;
    }

    static MappedProvider mapped(IdentityProviderModel provider) {
        return mapped(provider, Map.of());
    }

    static MappedProvider mapped(IdentityProviderModel provider, Map<String, String> settings) {
        return new MappedProvider(provider, MapperSettings.of(mapper(provider.getAlias(), "m", settings)), 1);
    }

    static List<FindingCode> problems(Findings findings) {
        return codes(findings).stream()
                .map(code -> FindingCode.valueOf(code.toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** The codes of the problems, also those that a mail provider adds. */
    static List<String> codes(Findings findings) {
        return findings.problems().stream().map(Finding::code).toList();
    }

    static List<FindingCode> notes(Findings findings) {
        return findings.notes().stream()
                .map(note -> FindingCode.valueOf(note.code().toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static IdentityProviderModel provider(String providerId, String alias) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setProviderId(providerId);
        provider.setAlias(alias);
        provider.setEnabled(true);
        provider.getConfig().put("clientId", CLIENT);
        provider.getConfig().put("clientSecret", "provider-secret");
        provider.getConfig().put("defaultScope", SCOPES);
        return provider;
    }
}
