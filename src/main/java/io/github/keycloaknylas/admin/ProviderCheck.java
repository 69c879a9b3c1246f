package io.github.keycloaknylas.admin;

/** Whether a provider lets our mapper do its work. */
final class ProviderCheck {

    private ProviderCheck() {}

    static void run(Broker broker, Findings findings) {
        String alias = broker.alias();
        if (broker.mappers() > 1) {
            findings.problem(
                    FindingCode.MAPPER_DUPLICATE,
                    alias,
                    "The provider has " + broker.mappers()
                            + " Nylas mappers. Only the one that Keycloak calls first counts.",
                    "Remove the others.");
        }
        for (String problem : broker.settings().problems()) {
            findings.problemFrom(
                    FindingCode.MAPPER_SETTING, alias, problem, "Correct it in the provider's Nylas mapper.");
        }
        if (!broker.provider().isEnabled()) {
            findings.problem(
                    FindingCode.PROVIDER_DISABLED,
                    alias,
                    "The provider is disabled, so nobody can sign in through it.",
                    "Enable it, or remove its Nylas mapper.");
        }
        if (broker.mail().needsStoredTokens(broker.provider()) && !StoreTokens.areOn(broker.provider())) {
            findings.problem(
                    FindingCode.STORE_TOKENS_OFF,
                    alias,
                    "'Store tokens' is off, so Keycloak does not show the refresh token to mappers.",
                    "Switch on 'Store tokens' of the provider; with 'Discard after capture' on, nothing is stored.");
        }
    }
}
