package io.github.keycloaknylas.setup;

import org.keycloak.broker.oidc.mappers.UsernameTemplateMapper;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;

/** Checks whether another mapper of the provider sets the broker user ID, by which a mailbox is found. */
final class TemplateMapperCheck {

    private static final String TARGET = "target";
    private static final String BROKER_ID = "BROKER_ID";

    private final KeycloakSession session;

    TemplateMapperCheck(KeycloakSession session) {
        this.session = session;
    }

    void run(MappedProvider provider, Findings findings) {
        session.identityProviders()
                .getMappersByAliasStream(provider.alias())
                .filter(TemplateMapperCheck::setsBrokerId)
                .forEach(mapper -> findings.note(
                        FindingCode.TEMPLATE_MAPPER,
                        provider.alias(),
                        "The mapper '" + mapper.getName() + "' (Username Template Importer) sets the broker user ID.",
                        NextStep.mappers(
                                provider.alias(),
                                "open '" + mapper.getName() + "' and set 'Target' to LOCAL, unless its template makes"
                                        + " an ID that never changes and is never reused. Users who are linked"
                                        + " already have to be linked again.")));
    }

    private static boolean setsBrokerId(IdentityProviderMapperModel mapper) {
        return UsernameTemplateMapper.PROVIDER_ID.equals(mapper.getIdentityProviderMapper())
                && mapper.getConfig() != null
                && BROKER_ID.equals(mapper.getConfig().get(TARGET));
    }
}
