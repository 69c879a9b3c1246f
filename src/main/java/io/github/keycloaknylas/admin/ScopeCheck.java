package io.github.keycloaknylas.admin;

import java.util.Set;

/** Whether an identity provider requests enough: a refresh token, and the scopes that its mapper requires. */
final class ScopeCheck {

    private ScopeCheck() {}

    static void run(Broker broker, Findings findings) {
        broker.mail().checkBroker(broker.provider()).forEach(remark -> findings.add(broker.alias(), remark));
        Set<String> missing = broker.mail()
                .scopes()
                .missing(broker.mail().scopes().requested(broker.provider()), broker.requiredScopes());
        if (!missing.isEmpty()) {
            findings.problem(
                    FindingCode.MAIL_SCOPES_MISSING,
                    broker.alias(),
                    "The provider does not ask for what its Nylas mapper requires: " + Words.list(missing) + ".",
                    "Add it to the 'Scopes' (defaultScope) of the provider and to "
                            + broker.mail().words().permissions()
                            + ", or take it out of the mapper's required scopes.");
        }
    }
}
