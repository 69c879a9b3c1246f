package io.github.keycloaknylas.setup;

/** Checks whether a provider is configured so that the Nylas mapper can work. */
final class ProviderCheck {

    private ProviderCheck() {}

    static void run(MappedProvider provider, Findings findings) {
        String alias = provider.alias();
        if (provider.mappers() > 1) {
            findings.problem(
                    FindingCode.MAPPER_DUPLICATE,
                    alias,
                    "The provider has " + provider.mappers()
                            + " Nylas mappers. Only the one that Keycloak calls first counts.",
                    NextStep.mappers(alias, "delete all but one of type 'Nylas grant'."));
        }
        for (String problem : provider.settings().problems()) {
            findings.problemFrom(
                    FindingCode.MAPPER_SETTING,
                    alias,
                    problem,
                    NextStep.mappers(alias, "open the mapper 'Nylas grant' and correct it."));
        }
        if (!provider.model().isEnabled()) {
            findings.problem(
                    FindingCode.PROVIDER_DISABLED,
                    alias,
                    "The provider is disabled, so users cannot sign in through it.",
                    NextStep.provider(alias, "switch on 'Enabled', or delete its mapper 'Nylas grant'."));
        }
        if (provider.mail().needsStoredTokens(provider.model()) && !StoreTokens.areOn(provider.model())) {
            findings.problem(
                    FindingCode.STORE_TOKENS_OFF,
                    alias,
                    "'Store tokens' is off, so Keycloak does not show the refresh token to mappers.",
                    NextStep.provider(
                            alias,
                            "switch on 'Store tokens' under 'Advanced settings'. While 'Discard after capture' of the mapper"
                                    + " is on, no token is stored."));
        }
    }
}
