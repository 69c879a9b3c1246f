package io.github.keycloaknylas.setup;

import java.util.Set;

/** Checks whether an identity provider requests enough: a refresh token, and the scopes that its mapper requires. */
final class ScopeCheck {

    private ScopeCheck() {}

    static void run(MappedProvider provider, Findings findings) {
        provider.mail().checkBroker(provider.model()).forEach(remark -> findings.add(provider.alias(), remark));
        Set<String> missing = provider.mail()
                .scopes()
                .missing(provider.mail().scopes().requested(provider.model()), provider.requiredScopes());
        if (!missing.isEmpty()) {
            findings.problem(
                    FindingCode.MAIL_SCOPES_MISSING,
                    provider.alias(),
                    "The provider does not ask for what its Nylas mapper requires: " + SortedNames.join(missing) + ".",
                    NextStep.provider(
                            provider.alias(),
                            "add it to 'Scopes' (defaultScope) under 'Advanced settings', and to "
                                    + provider.mail().words().permissions()
                                    + ", or take it out of the mapper's required scopes."));
        }
    }
}
