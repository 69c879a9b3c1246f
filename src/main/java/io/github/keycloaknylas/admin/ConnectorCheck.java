package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Scopes;
import io.github.keycloaknylas.nylas.NylasConnector;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether Nylas' Microsoft connector can redeem what Keycloak hands over. Microsoft binds a refresh token to the client
 * that it was issued to, and refreshes for scopes that were consented to (Microsoft: "Refresh tokens").
 */
final class ConnectorCheck {

    private ConnectorCheck() {}

    static void run(Broker broker, NylasConnector connector, Findings findings) {
        checkClient(broker, connector, findings);
        checkScopes(broker, connector, findings);
        if (connector.tenant() != null) {
            broker.tenant().ifPresent(tenant -> TenantCheck.run(broker.alias(), tenant, connector.tenant(), findings));
        }
    }

    private static void checkClient(Broker broker, NylasConnector connector, Findings findings) {
        String client = broker.clientId().orElse("");
        if (broker.settings().credentialId().isPresent()) {
            findings.note(
                    Code.CREDENTIAL_UNCHECKED,
                    broker.alias(),
                    "The mapper names a Nylas credential, and Nylas does not tell the client id of a credential.",
                    "Make sure yourself that the credential is for the client id " + client + ".");
        } else if (connector.clientId() == null) {
            findings.note(
                    Code.CONNECTOR_CLIENT_UNKNOWN,
                    broker.alias(),
                    "Nylas did not tell the client id of its Microsoft connector.",
                    "Make sure yourself that the connector is for the client id " + client + ".");
        } else if (!connector.clientId().strip().equalsIgnoreCase(client)) {
            findings.problem(
                    Code.CONNECTOR_CLIENT_OTHER,
                    broker.alias(),
                    "The client id of Nylas' Microsoft connector (" + connector.clientId()
                            + ") is not that of the provider (" + client
                            + "): Microsoft will refuse every refresh token.",
                    "Use the same Entra application, with client id and a valid client secret, in both.");
        }
    }

    private static void checkScopes(Broker broker, NylasConnector connector, Findings findings) {
        if (connector.scopes().isEmpty()) {
            findings.note(
                    Code.CONNECTOR_SCOPES_UNKNOWN,
                    broker.alias(),
                    "Nylas named no scopes of its Microsoft connector.",
                    "Give the connector the scopes of the provider's 'Scopes' (defaultScope).");
            return;
        }
        // Compared name by name: consent to Mail.ReadWrite is none to Mail.Read.
        Set<String> wider = new HashSet<>(Scopes.ofMailbox(connector.scopes()));
        wider.removeAll(Scopes.ofMailbox(broker.askedScopes()));
        if (!wider.isEmpty()) {
            findings.problem(
                    Code.CONNECTOR_SCOPES_WIDER,
                    broker.alias(),
                    "Nylas' Microsoft connector asks for more than the provider: " + Words.list(wider)
                            + ". Microsoft refuses to refresh for scopes that nobody consented to.",
                    "Add them to the 'Scopes' (defaultScope) of the provider, or take them from the connector.");
        }
        Set<String> narrower =
                Scopes.missing(connector.scopes(), broker.settings().requiredScopes());
        if (!narrower.isEmpty()) {
            findings.problem(
                    Code.CONNECTOR_SCOPES_NARROWER,
                    broker.alias(),
                    "Nylas' Microsoft connector lacks what the mapper requires: " + Words.list(narrower) + ".",
                    "Add it to the connector's scopes, or take it out of the mapper's required scopes.");
        }
    }
}
