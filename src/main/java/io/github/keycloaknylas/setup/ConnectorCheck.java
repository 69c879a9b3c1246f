package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.mail.ScopeRules;
import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks whether Nylas' connector can redeem what Keycloak hands over. A refresh token is bound to the client that it
 * was issued to (RFC 6749, section 6), and a provider refreshes only scopes that were consented to.
 */
final class ConnectorCheck {

    private ConnectorCheck() {}

    static void run(MappedProvider provider, NylasConnector connector, Findings findings) {
        checkClient(provider, connector, findings);
        checkScopes(provider, connector, findings);
        provider.mail()
                .checkConnector(provider.model(), connector)
                .forEach(remark -> findings.add(provider.alias(), remark));
    }

    private static void checkClient(MappedProvider provider, NylasConnector connector, Findings findings) {
        String client = provider.clientId().orElse("");
        String name = provider.mail().displayName();
        if (provider.settings().credentialId().isPresent()) {
            findings.note(
                    FindingCode.CREDENTIAL_UNCHECKED,
                    provider.alias(),
                    "The mapper names a Nylas credential, and Nylas does not report the client id of a credential.",
                    NextStep.nylas("make sure that the credential is for the client id " + client + "."));
        } else if (connector.clientId() == null) {
            findings.note(
                    FindingCode.CONNECTOR_CLIENT_UNKNOWN,
                    provider.alias(),
                    "Nylas did not report the client id of its " + name + " connector.",
                    NextStep.nylas("make sure that the connector is for the client id " + client + "."));
        } else if (!connector.clientId().strip().equalsIgnoreCase(client)) {
            findings.problem(
                    FindingCode.CONNECTOR_CLIENT_OTHER,
                    provider.alias(),
                    "The client id of Nylas' " + name + " connector (" + connector.clientId()
                            + ") is not that of the provider (" + client + "): "
                            + name + " will refuse every refresh token.",
                    "Use the same " + provider.mail().words().application()
                            + ", with client id and a valid client secret, in the Nylas dashboard (Connectors > " + name
                            + ") and in the admin console (Identity providers > " + provider.alias()
                            + " > Settings: Client ID, Client Secret).");
        }
    }

    private static void checkScopes(MappedProvider provider, NylasConnector connector, Findings findings) {
        String name = provider.mail().displayName();
        if (connector.scopes().isEmpty()) {
            findings.note(
                    FindingCode.CONNECTOR_SCOPES_UNKNOWN,
                    provider.alias(),
                    "Nylas named no scopes of its " + name + " connector.",
                    NextStep.nylas("give the connector the scopes of the provider's 'Scopes' (defaultScope)."));
            return;
        }
        // Compared by name: consent to a wider scope does not cover the narrower one.
        ScopeRules rules = provider.mail().scopes();
        Set<String> wider = new HashSet<>(rules.ofMailbox(connector.scopes()));
        wider.removeAll(rules.ofMailbox(rules.requested(provider.model())));
        if (!wider.isEmpty()) {
            findings.problem(
                    FindingCode.CONNECTOR_SCOPES_WIDER,
                    provider.alias(),
                    "Nylas' " + name + " connector requests more than the provider: "
                            + SortedNames.join(wider) + ". " + name
                            + " refuses to refresh for scopes that were not consented to.",
                    NextStep.provider(
                            provider.alias(),
                            "add them to 'Scopes' (defaultScope) under 'Advanced settings', or remove them from the"
                                    + " connector in the Nylas dashboard."));
        }
        Set<String> narrower = rules.missing(connector.scopes(), provider.requiredScopes());
        if (!narrower.isEmpty()) {
            findings.problem(
                    FindingCode.CONNECTOR_SCOPES_NARROWER,
                    provider.alias(),
                    "Nylas' " + name + " connector lacks what the mapper requires: " + SortedNames.join(narrower) + ".",
                    NextStep.nylas(
                            "add it to the connector's scopes, or take it out of the mapper's required scopes."));
        }
    }
}
